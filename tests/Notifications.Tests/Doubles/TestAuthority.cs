using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTGateway.Tests.Support;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A certificate authority of the test's own, and the certificate of a server on this machine.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    /// <param name="serverName">The name for which the server's certificate is; null for 127.0.0.1.</param>
    public TestAuthority(string? serverName = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Test authority", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = authority.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={serverName ?? "127.0.0.1"}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (serverName is null)
        {
            names.AddIpAddress(IPAddress.Loopback);
        }
        else
        {
            names.AddDnsName(serverName);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var issued = request.Create(root, now.AddHours(-1), now.AddHours(1), [1, 2, 3, 4]);
        using var server = issued.CopyWithPrivateKey(key);
        File.WriteAllText(CaFile, root.ExportCertificatePem());
        File.WriteAllBytes(ServerFile, server.Export(X509ContentType.Pkcs12));
    }

    /// <summary>The authority's certificate, PEM.</summary>
    public string CaFile => _directory["ca.pem"];

    /// <summary>The server's certificate with its key, PKCS #12 without a password.</summary>
    public string ServerFile => _directory["server.pfx"];

    public void Dispose() => _directory.Dispose();
}
