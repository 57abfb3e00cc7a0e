using System.Net.Mail;
using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Notifications.Files;

/// <summary>Reads the channels and the heartbeat of <c>notifications.yaml</c>.</summary>
internal sealed class ChannelsReader(DiagnosticBag diagnostics, List<Reference> references, bool withSecrets) : SectionReader(diagnostics, references)
{
    private const string Example = "write for example `- { channel: pager, webhook: https://paging.hospital.example/pages, secret: { environment: PAGER_SECRET } }`";
    private const string SecretExample = "write for example `{ environment: PAGER_SECRET }` or `{ file: /run/secrets/pager }`";

    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan DefaultTakenWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan DefaultBeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private readonly SortedDictionary<string, ChannelSettings> _channels = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, ChannelSettings> Channels => _channels;

    public HeartbeatSettings? Heartbeat { get; private set; }

    public void Read(MappingReader root)
    {
        foreach (var entry in Entries(root.Node("channels"), "channels", Example))
        {
            ReadChannel(entry);
        }

        if (root.Mapping("heartbeat", "`heartbeat` says where to send it", "write for example `heartbeat: { webhook: https://watchdog.hospital.example }`") is { } beat)
        {
            ReadHeartbeat(beat);
        }
    }

    private void ReadChannel(ConfigNode entry)
    {
        var isEmail = entry.KeyOf("email") is not null;
        var reader = new MappingReader(entry, Diagnostics, "a channel", isEmail ? NotificationKeys.EmailChannel : NotificationKeys.Webhook);
        var name = Name(reader, "channel", entry, Example);
        if (name is not null && !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.'))
        {
            Diagnostics.Error(reader.Node("channel")!, Codes.Name, "a channel is named with letters, digits, '-', '_' and '.' alone", "its consumer in the log has that name");
            name = null;
        }

        var timeout = Duration(reader, "timeout", DefaultTimeout, Second, LongestTimeout);
        var within = Duration(reader, "taken within", DefaultTakenWithin, Second, TenMinutes);
        ChannelSettings? channel = null;
        if (isEmail)
        {
            channel = ReadEmail(reader, name ?? "", timeout, within);
        }
        else if (reader.Required("webhook", entry, "this channel says neither `webhook` nor `email`", Example) is { } address && ReadUrl(address) is { } url)
        {
            channel = new WebhookSettings(name ?? "", url, ReadSecret(reader, "secret"), ReadTemplate(reader), timeout, within);
        }

        if (name is not null && channel is not null && !_channels.TryAdd(name, channel))
        {
            Diagnostics.Error(reader.Node("channel")!, NotificationCodes.Duplicate, $"the channel '{name}' is declared twice", "keep one of them");
        }
    }

    private EmailSettings? ReadEmail(MappingReader channel, string name, TimeSpan timeout, TimeSpan within)
    {
        const string EmailExample = "write for example `email: { server: mail.hospital.example, from: alerts@hospital.example }`";
        if (channel.Mapping("email", "`email` describes a mail server", EmailExample) is not { } node)
        {
            return null;
        }

        var reader = new MappingReader(node, Diagnostics, "a mail server", NotificationKeys.Email);
        var server = reader.Required("server", node, "`server` is missing", EmailExample);
        var from = reader.Required("from", node, "`from` is missing", EmailExample);
        if (from is not null && !IsEmail(from.Text))
        {
            Diagnostics.Error(from, NotificationCodes.Address, $"'{from.Text}' is no e-mail address", "write for example `alerts@hospital.example`");
        }

        var tls = reader.Choice("tls", ["start", "on connect", "none"]) switch { "on connect" => TlsMode.OnConnect, "none" => TlsMode.None, _ => TlsMode.Start };
        var port = reader.WholeNumber("port", 1, 65_535) ?? (tls == TlsMode.OnConnect ? 465 : tls == TlsMode.Start ? 587 : 25);
        var user = reader.Text("user");
        var password = ReadSecret(reader, "password");
        if (user is null != password is null)
        {
            Diagnostics.Error(node, Codes.MissingKey, $"`{(user is null ? "user" : "password")}` is missing: the two belong together", SecretExample);
        }

        if (tls == TlsMode.None && server is not null && server.Text is not ("localhost" or "127.0.0.1" or "::1"))
        {
            Diagnostics.Warn(
                reader.Node("tls")!, new TextSpan(0, 4), NotificationCodes.Unprotected, "mail leaves this machine unprotected", "write `tls: start` or `tls: on connect`");
        }

        return server is null || from is null ? null : new EmailSettings(name, server.Text.Trim(), port, tls, from.Text.Trim(), user?.Text.Trim() ?? "", password, timeout, within)
        {
            CaFile = ReadCaFile(reader, tls),
        };
    }

    private string ReadCaFile(MappingReader email, TlsMode tls)
    {
        if (email.Text("ca file") is not { } node)
        {
            return "";
        }

        if (tls == TlsMode.None)
        {
            Diagnostics.Error(node, NotificationCodes.Certificates, "`ca file` counts for nothing without TLS", "write `tls: start` or `tls: on connect`, or leave it out");
        }
        else if (withSecrets && ServerTrust.Read(node.Text.Trim(), out var reason) is null)
        {
            Diagnostics.Error(node, NotificationCodes.Certificates, reason, "name the PEM file with the certificate of the hospital's authority");
        }

        return node.Text.Trim();
    }

    /// <summary>Whether something looks like an e-mail address.</summary>
    public static bool IsEmail(string text) => MailAddress.TryCreate(text, out var parsed) && parsed.Address == text.Trim();

    private void ReadHeartbeat(ConfigNode node)
    {
        var reader = new MappingReader(node, Diagnostics, "a heartbeat", NotificationKeys.Heartbeat);
        var url = reader.Required("webhook", node, "`webhook` is missing", "write for example `webhook: https://watchdog.hospital.example`") is { } address ? ReadUrl(address) : null;
        var every = Duration(reader, "every", DefaultBeat, Second, TenMinutes);
        var secret = ReadSecret(reader, "secret");
        Heartbeat = url is null ? null : new HeartbeatSettings(url, secret, every);
    }

    private Uri? ReadUrl(ConfigNode node)
    {
        if (!Uri.TryCreate(node.Text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            Diagnostics.Error(node, NotificationCodes.Address, $"'{node.Text}' is no web address", "write for example `https://paging.hospital.example/pages`");
            return null;
        }

        if (url.UserInfo.Length > 0)
        {
            Diagnostics.Error(node, NotificationCodes.Secret, "a password does not belong into this file", "use `secret`; the receiver checks the signature");
            return null;
        }

        if (url.Scheme == "http" && !url.IsLoopback)
        {
            Diagnostics.Warn(node, new TextSpan(0, 5), NotificationCodes.Unprotected, "pages leave this machine unprotected", "use an address that begins with https");
        }

        return url;
    }

    private SecretSource? ReadSecret(MappingReader owner, string key)
    {
        if (owner.Mapping(key, $"`{key}` says where it is kept, not what it is", SecretExample) is not { } node)
        {
            return null;
        }

        var reader = new MappingReader(node, Diagnostics, "a secret", NotificationKeys.Secret);
        var (environment, file) = (reader.Text("environment"), reader.Text("file"));
        if (environment is null == file is null)
        {
            Diagnostics.Error(node, Codes.Shape, "a secret is kept either in the environment or in a file", SecretExample);
            return null;
        }

        var source = new SecretSource(environment?.Text.Trim() ?? "", file?.Text.Trim() ?? "");
        if (withSecrets && source.Read(out var reason) is null)
        {
            Diagnostics.Error((environment ?? file)!, NotificationCodes.Secret, reason, "set it before the gateway starts");
        }

        return source;
    }

    private string? ReadTemplate(MappingReader reader)
    {
        if (reader.Text("template") is not { } node)
        {
            return null;
        }

        if (WebhookTemplate.FindMistake(node.Text) is var (message, help))
        {
            Diagnostics.Error(node, NotificationCodes.Template, message, help);
        }

        return node.Text;
    }
}
