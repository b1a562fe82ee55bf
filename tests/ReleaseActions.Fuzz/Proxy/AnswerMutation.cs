using System.Globalization;
using System.IO.Compression;
using ReleaseActions.Fuzz.Mutations;

namespace ReleaseActions.Fuzz.Proxy;

/// <summary>Damages answers: their bodies, or their status, headers and timing.</summary>
/// <param name="otherHost">An address that no request with a credential may go to.</param>
internal sealed class AnswerMutation(string otherHost)
{
    private static readonly int[] Statuses =
        [100, 101, 199, 201, 202, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304, 307, 308, 400, 401, 403, 404, 407, 409, 410, 413, 418,
        422, 425, 429, 451, 499, 500, 502, 503, 504, 511, 599, 600, 999];

    private static readonly string[] Numbers =
        ["0", "-1", "1", "60", "9223372036854775807", "-9223372036854775808", "99999999999999999999", "1e9", "0x1", "", " ", "a", "1, 2",
        "Fri, 31 Dec 9999 23:59:59 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "yesterday", "1.5", "+1"];

    private static readonly string[] Names =
        ["Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset", "X-RateLimit-Limit", "Date", "Age", "Content-Type", "ETag", "Link",
        "Location", "WWW-Authenticate", "Content-Encoding", "Docker-Content-Digest", "OCI-Subject", "Range", "Set-Cookie", "Content-Range",
        "Docker-Upload-UUID", "X-GitHub-Request-Id", "X-Accepted-OAuth-Scopes", "Transfer-Encoding", "Content-Length", "Warning", "Server"];

    /// <summary>Damages the body.</summary>
    public void ChangeBody(ProxiedRequest request, ProxiedAnswer answer, Random random)
    {
        var isJson = answer.Header("Content-Type")?.Contains("json", StringComparison.Ordinal) == true;
        switch (random.Next(24))
        {
            case 0:
                answer.Body = [];
                break;
            case 1:
                answer.Body = "<html><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray();
                answer.Set("Content-Type", "text/html");
                break;
            case 2:
                answer.Repeats = random.Next(4) == 0 ? 1 + 200_000_000 / (answer.Body.Length + 1) : random.Next(2, 20);
                break;
            case 3:
                answer.Body = Bomb(random);
                answer.Set("Content-Encoding", "gzip");
                break;
            case 4:
                answer.Body = ByteMutation.Damaged(answer.Body, random);
                break;
            case 5:
                answer.CutAfter = random.Next(answer.Body.Length + 400);
                break;
            case 6 when isJson:
                answer.Body = [.. "\uFEFF"u8, .. answer.Body];
                break;
            case 7 when isJson:
                answer.Body = Elsewhere(answer.Body);
                break;
            default:
                answer.Body = isJson ? JsonMutation.Changed(answer.Body, random) : ByteMutation.Damaged(answer.Body, random);
                break;
        }
    }

    /// <summary>Damages status, headers, length or timing.</summary>
    public void ChangeHead(ProxiedRequest request, ProxiedAnswer answer, Random random)
    {
        switch (random.Next(12))
        {
            case 0 or 1:
                answer.Status = Statuses[random.Next(Statuses.Length)];
                if (random.Next(2) == 0) answer.Set(Names[random.Next(6)], Numbers[random.Next(Numbers.Length)]);
                break;
            case 2 or 3:
                answer.Status = random.Next(300, 309);
                answer.Set("Location", Place(random));
                break;
            case 4:
                answer.Set("Link", $"<{Place(random)}>; rel=\"next\", <{Hostile.Text(random)}>; rel={Hostile.Text(random)}");
                break;
            case 5:
                answer.Status = random.Next(2) == 0 ? 401 : 403;
                answer.Set("WWW-Authenticate", Challenge(random));
                break;
            case 6:
                answer.SaidLength = Numbers[random.Next(Numbers.Length)];
                break;
            case 7:
                answer.Delay = TimeSpan.FromMilliseconds(random.Next(700));
                break;
            case 8:
                answer.CutAfter = random.Next(answer.Body.Length + 300);
                break;
            case 9:
                Limit(answer, random);
                break;
            default:
                for (var times = random.Next(1, 4); times > 0; times--)
                    answer.Headers.Add((Names[random.Next(Names.Length)], Value(random)));
                break;
        }
    }

    private static void Limit(ProxiedAnswer answer, Random random)
    {
        answer.Status = random.Next(2) == 0 ? 403 : 429;
        answer.Set("X-RateLimit-Remaining", random.Next(2) == 0 ? "0" : Numbers[random.Next(Numbers.Length)]);
        answer.Set("X-RateLimit-Reset", Numbers[random.Next(Numbers.Length)]);
        if (random.Next(2) == 0) answer.Set("Retry-After", Numbers[random.Next(Numbers.Length)]);
        if (random.Next(2) == 0) answer.Set("Date", Numbers[random.Next(Numbers.Length)]);
    }

    private string Value(Random random) => random.Next(5) switch
    {
        0 => Numbers[random.Next(Numbers.Length)],
        1 => new string('a', 1 << random.Next(18)),
        2 => Place(random),
        _ => Hostile.Text(random).ReplaceLineEndings(" "),
    };

    private string Place(Random random) => random.Next(14) switch
    {
        0 => "//",
        1 => "http://",
        2 => "ftp://127.0.0.1/x",
        3 => "/",
        4 => "",
        5 => "?page=2",
        6 => "http://[::1",
        7 => "\u00e9\ud83d\uded2",
        8 => "http://169.254.169.254/latest/meta-data",
        9 => $"{otherHost.Replace("http://", "http://user:pass@", StringComparison.Ordinal)}/x",
        10 => Hostile.Text(random).ReplaceLineEndings(" "),
        _ => $"{otherHost}/repos/acme/shop/x",
    };

    private string Challenge(Random random) => random.Next(6) switch
    {
        0 => $"Bearer realm=\"{otherHost}/token\",service=\"x\",scope=\"{Hostile.Text(random).ReplaceLineEndings(" ")}\"",
        1 => "Basic realm=\"x\"",
        2 => $"Bearer realm=\"{Place(random)}\"",
        3 => "Bearer",
        4 => $"Bearer {Hostile.Text(random).ReplaceLineEndings(" ")}",
        _ => new string(',', 10_000),
    };

    // Leads to another host whatever the answer leads to.
    private byte[] Elsewhere(byte[] body) =>
        System.Text.Encoding.Latin1.GetBytes(System.Text.RegularExpressions.Regex.Replace(
            System.Text.Encoding.Latin1.GetString(body), @"http://(127\.0\.0\.1|localhost):\d+", otherHost));

    private static byte[] Bomb(Random random)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1024 * 1024];
            for (var i = random.Next(10, 300); i > 0; i--) gzip.Write(zeros);
        }

        return bytes.ToArray();
    }

    /// <summary>Every list goes on without end.</summary>
    public static void GoOnForEver(ProxiedRequest request, ProxiedAnswer answer)
    {
        if (request.Method != "GET" || answer.Body.Length == 0 || answer.Body[0] != '[') return;
        var page = System.Text.RegularExpressions.Regex.Match(request.Target, @"[?&]page=(\d+)");
        var next = page.Success ? int.Parse(page.Groups[1].Value, CultureInfo.InvariantCulture) + 1 : 2;
        var list = $"http://{request.Header("Host")}{request.Target.Split('?')[0]}";
        answer.Set("Link", string.Create(CultureInfo.InvariantCulture, $"<{list}?per_page=100&page={next}>; rel=\"next\""));
    }
}
