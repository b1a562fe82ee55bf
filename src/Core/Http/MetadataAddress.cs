using System.Net;

namespace ReleaseActions.Core.Http;

/// <summary>
/// Addresses under which clouds hand a machine its own credentials. No request goes there: not by name, not by address in any notation,
/// and not after DNS, where a name that looked harmless has led there.
/// </summary>
internal static class MetadataAddress
{
    private static readonly string[] Names =
    [
        "metadata", "metadata.goog", "metadata.google.internal", "metadata.azure.internal", "metadata.oraclecloud.com",
        "metadata.tencentyun.com", "metadata.platformequinix.com", "metadata.packet.net", "api.metadata.cloud.ibm.com",
        "instance-data", "instance-data.ec2.internal", "rancher-metadata",
    ];

    private static readonly IPNetwork[] Networks =
    [
        // This machine, by an address that means none.
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("::/128"),
        // Link-local: AWS (also ECS and EKS), Azure, Google, DigitalOcean, Hetzner, IBM, OpenStack, Scaleway.
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fe80::/10"),
        // Alibaba, UCloud, Volcengine; Azure's wire server; Oracle's first cloud.
        IPNetwork.Parse("100.100.100.200/32"), IPNetwork.Parse("100.80.80.80/32"), IPNetwork.Parse("100.96.0.96/32"),
        IPNetwork.Parse("168.63.129.16/32"), IPNetwork.Parse("192.0.0.192/32"),
        // AWS, Google, Oracle, Scaleway.
        IPNetwork.Parse("fd00:ec2::/32"), IPNetwork.Parse("fd20:ce::254/128"), IPNetwork.Parse("fd00:c1::a9fe:a9fe/128"),
        IPNetwork.Parse("fd00:42::42/128"),
    ];

    // Where an address of version 6 holds one of version 4 in its last bytes: mapped, translated, compatible, NAT64.
    private static readonly IPNetwork[] Embedding = [IPNetwork.Parse("::ffff:0:0/96"), IPNetwork.Parse("::ffff:0:0:0/96"),
        IPNetwork.Parse("::/96"), IPNetwork.Parse("64:ff9b::/96"), IPNetwork.Parse("64:ff9b:1::/48")];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    /// <summary>Whether an address is one of them, by its name or its number.</summary>
    public static bool IsOne(Uri address)
    {
        var host = address.IdnHost.TrimEnd('.');
        return Names.Contains(host, StringComparer.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var number) && IsOne(number));
    }

    /// <summary>Whether a number is one of them.</summary>
    public static bool IsOne(IPAddress number)
    {
        // A zone such as %eth0 says which wire, not who.
        var plain = new IPAddress(number.GetAddressBytes());
        // ::1 has a version 4 form in the compatible notation, which means this machine and is decided elsewhere.
        return !IPAddress.IsLoopback(plain) && (Networks.Any(n => n.Contains(plain)) || Within(plain) is { } inner && IsOne(inner));
    }

    private static IPAddress? Within(IPAddress number)
    {
        var bytes = number.GetAddressBytes();
        if (bytes.Length == 4) return null;
        if (SixToFour.Contains(number)) return new IPAddress(bytes.AsSpan(2, 4));
        if (Teredo.Contains(number)) return new IPAddress([.. bytes[12..].Select(b => (byte)~b)]);
        // Networks choose prefixes of their own for NAT64; this ending is nothing else.
        var last = bytes[12..];
        return Embedding.Any(n => n.Contains(number)) || last is [169, 254, 169, 254] ? new IPAddress(last) : null;
    }
}
