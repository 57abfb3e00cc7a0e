namespace IoTGateway.NotificationReceivers;

/// <summary>How a mail server protects itself: by STARTTLS, and it takes the mail of one user only.</summary>
/// <param name="CertificateFile">Its certificate with the key, PKCS #12 without a password.</param>
/// <param name="User">The user.</param>
/// <param name="Password">The user's password.</param>
internal sealed record SmtpProtection(string CertificateFile, string User, string Password);
