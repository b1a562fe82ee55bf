using System.Text;

namespace ReleaseActions.Tests.Support;

/// <summary>Pieces of a tar as no tool writes them.</summary>
public static class TarBytes
{
    public static byte[] Field(string size) => size switch
    {
        "base256" => [0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0],
        "beyond" => [0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        "negative" => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
        _ => Encoding.ASCII.GetBytes(size.PadRight(12, '\0')),
    };

    public static byte[] Header(string name, char type, byte[] size)
    {
        var header = new byte[512];
        Encoding.ASCII.GetBytes(name).CopyTo(header, 0);
        "0000644\0"u8.CopyTo(header.AsSpan(100));
        "0000000\00000000\0"u8.CopyTo(header.AsSpan(108));
        size.CopyTo(header, 124);
        "00000000000\0"u8.CopyTo(header.AsSpan(136));
        header[156] = (byte)type;
        if (type is '1' or '2') "b"u8.CopyTo(header.AsSpan(157));
        if (type is 'L' or 'K' or 'S') "ustar  \0"u8.CopyTo(header.AsSpan(257));
        else "ustar\000"u8.CopyTo(header.AsSpan(257));
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(header, 148);
        return header;
    }

    public static byte[] Record(string key, string value)
    {
        var rest = $" {key}={value}\n";
        var length = rest.Length + 1;
        while ($"{length}{rest}".Length != length) length++;
        return Encoding.UTF8.GetBytes($"{length}{rest}");
    }

    public static byte[] Padded(byte[] content) => [.. content, .. new byte[(512 - (content.Length % 512)) % 512]];

    public static string Descriptor(string kind, byte[] bytes, string hex) =>
        $$"""{"mediaType":"application/vnd.oci.image.{{kind}}.v1+json","size":{{bytes.Length}},"digest":"sha256:{{hex}}"}""";
}
