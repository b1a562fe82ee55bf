namespace ReleaseActions.Core.Files;

/// <summary>A file with every certificate that programs may trust: one file is all that they take.</summary>
internal static class CertificateBundle
{
    // Debian and Alpine; Fedora and RHEL; macOS.
    private static readonly string[] Public =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"];

    /// <summary>Writes the public certificates of this machine and more into a folder.</summary>
    /// <param name="folder">A private folder, absolute.</param>
    /// <param name="more">The others, as PEM.</param>
    /// <returns>The file, absolute.</returns>
    public static string Write(string folder, string more)
    {
        var path = Path.Combine(folder, "ca-certificates.pem");
        var known = Public.FirstOrDefault(File.Exists) is { } file ? File.ReadAllText(file) : "";
        File.WriteAllText(path, $"{known.TrimEnd()}\n{more.Trim()}\n");
        return path;
    }
}
