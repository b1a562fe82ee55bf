using Microsoft.AspNetCore.Http;

namespace ReleaseActions.Sandbox.Web;

/// <summary>Sends an <see cref="Answer"/>, whole or broken as a fault wants it.</summary>
internal static class AnswerWriter
{
    public static async Task WriteAsync(HttpContext http, Answer answer)
    {
        if (answer == Answer.Nothing)
        {
            http.Abort();
            return;
        }

        http.Response.StatusCode = answer.Status;
        if (answer.ContentType is not null)
            http.Response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
            if (value is not null)
                http.Response.Headers[name] = value;
        await WriteBodyAsync(http, answer);
    }

    private static async Task WriteBodyAsync(HttpContext http, Answer answer)
    {
        var length = answer.File is null ? answer.Body.Length : new FileInfo(answer.File).Length;
        var mayHaveBody = answer.Status is >= 200 and not 204 and not 304;
        if (mayHaveBody && !answer.Headers.ContainsKey("Content-Length"))
            http.Response.ContentLength = length;
        if (!mayHaveBody || HttpMethods.IsHead(http.Request.Method))
            return;

        if (answer.File is not null)
            await http.Response.SendFileAsync(answer.File, 0, length * answer.Percent / 100, http.RequestAborted);
        else
            await WriteBytesAsync(http, answer.Body[..(answer.Body.Length * answer.Percent / 100)], answer.Pause);
        if (answer.Percent < 100)
            await BreakAsync(http);
    }

    private static async Task WriteBytesAsync(HttpContext http, ReadOnlyMemory<byte> bytes, TimeSpan pause)
    {
        var step = pause == TimeSpan.Zero ? Math.Max(1, bytes.Length) : 1;
        for (var at = 0; at < bytes.Length; at += step)
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, http.RequestAborted);
            await http.Response.Body.WriteAsync(bytes.Slice(at, Math.Min(step, bytes.Length - at)), http.RequestAborted);
            if (pause > TimeSpan.Zero)
                await http.Response.Body.FlushAsync(http.RequestAborted);
        }
    }

    private static async Task BreakAsync(HttpContext http)
    {
        await http.Response.Body.FlushAsync(http.RequestAborted);
        http.Abort();
    }
}
