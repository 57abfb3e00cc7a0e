using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace IoTGateway.Notifications.Channels;

/// <summary>Whether the certificate of a mail server is trusted, by the authorities of this machine or by those of a file; and if not, why.</summary>
/// <param name="server">The server's name or address, for which the certificate has to be.</param>
/// <param name="authorities">The only authorities that count; null for those of this machine.</param>
internal sealed class ServerTrust(string server, X509Certificate2Collection? authorities)
{
    /// <summary>Why the certificate is not trusted, in a sentence; null while there was no reason.</summary>
    public string? Trouble { get; private set; }

    /// <summary>The authorities of a PEM file; null, with the reason in words, where it holds none.</summary>
    public static X509Certificate2Collection? Read(string file, out string reason)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
            reason = authorities.Count == 0 ? $"the file {file} holds no certificate in PEM form" : "";
            return authorities.Count == 0 ? null : authorities;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            reason = $"the file {file} cannot be read: {failure.Message.Split('\n', 2)[0].TrimEnd()}";
            return null;
        }
    }

    /// <summary>For the handshake: whether the connection goes on.</summary>
    public bool Check(X509Certificate? certificate, X509Chain? presented, SslPolicyErrors errors)
    {
        Trouble = certificate is null ? $"{server} shows no certificate."
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"The certificate of {server} is for another name ({certificate.Subject})."
            : authorities is not null ? WhyNotIssued(certificate, presented, authorities)
            : errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors)
                ? $"The certificate of {server} is not trusted by this machine ({WordsOf(presented)}). If it is of the hospital's own authority, name the authority's file by `ca file`."
            : null;
        return Trouble is null;
    }

    private string? WhyNotIssued(X509Certificate certificate, X509Chain? presented, X509Certificate2Collection trusted)
    {
        using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(trusted);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // Server authentication (RFC 5280, 4.2.1.12).
        foreach (var between in presented?.ChainElements.Skip(1) ?? [])
        {
            chain.ChainPolicy.ExtraStore.Add(between.Certificate);
        }

        return chain.Build(leaf) ? null : $"The certificate of {server} is not of an authority of the `ca file`, or not valid now ({WordsOf(chain)}).";
    }

    private static string WordsOf(X509Chain? chain) => chain is null || chain.ChainStatus.Length == 0 ? "no reason is given" : string.Join(", ", chain.ChainStatus.Select(status => status.Status).Distinct());
}
