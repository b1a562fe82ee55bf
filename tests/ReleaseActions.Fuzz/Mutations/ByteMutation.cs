using System.Text;

namespace ReleaseActions.Fuzz.Mutations;

/// <summary>Damages bytes, whatever they mean.</summary>
internal static class ByteMutation
{
    private static readonly byte[][] Pieces =
    [
        [0], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x80], [0xEF, 0xBB, 0xBF],
        [0xFF, 0xFE], [0xFE, 0xFF],
        [0x0D], [0x0A], [0x1B], [0x1F, 0x8B], [0x7F], [0x85],
    ];

    /// <summary>Makes one to four changes.</summary>
    public static byte[] Damaged(byte[] bytes, Random random)
    {
        for (var times = random.Next(1, 5); times > 0; times--) bytes = Once(bytes, random);
        return bytes;
    }

    private static byte[] Once(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var length = random.Next(Math.Min(64, bytes.Length - at) + 1);
        var (before, part, after) = (bytes[..at], bytes[at..(at + length)], bytes[(at + length)..]);
        return random.Next(12) switch
        {
            0 => before,
            1 => [.. before, .. after],
            2 => [.. before, .. part, .. part, .. after],
            3 or 4 => [.. before, .. Pieces[random.Next(Pieces.Length)], .. part, .. after],
            5 => [.. Pieces[random.Next(Pieces.Length)], .. bytes],
            6 => [.. before, .. Encoding.UTF8.GetBytes(Hostile.Text(random)), .. after],
            7 => [.. before, .. Noise(length, random), .. after],
            8 => Flipped(bytes, at, random),
            9 => [.. bytes.SelectMany(b => b == '\n' ? (byte[])[0x0D, 0x0A] : [b])],
            10 => random.Next(4) == 0 ? Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)) : Flipped(bytes, at, random),
            _ => [.. before, .. part.Reverse(), .. after],
        };
    }

    private static byte[] Flipped(byte[] bytes, int at, Random random)
    {
        if (bytes.Length == 0) return bytes;
        byte[] copy = [.. bytes];
        copy[at % copy.Length] ^= (byte)(1 << random.Next(8));
        return copy;
    }

    private static byte[] Noise(int length, Random random)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
