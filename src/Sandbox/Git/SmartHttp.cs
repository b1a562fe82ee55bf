using System.Diagnostics;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace ReleaseActions.Sandbox.Git;

/// <summary>
/// The repository over HTTP, for steps in containers: their git has no shell, without which it cannot reach a repository by its path.
/// Anyone on loopback may read and push. (git's own documentation, http-protocol.)
/// </summary>
internal sealed class SmartHttp(SandboxOptions options)
{
    private readonly Lock _lock = new();
    private string? _hidden;
    private int _hiddenLooks;

    private readonly string _root = $"/{options.Owner}/{options.Repository}.git/";

    public bool Takes(HttpContext http) => http.Request.Path.Value!.StartsWith(_root, StringComparison.OrdinalIgnoreCase);

    /// <summary>The next lists of refs come without this one: they lag behind the write that made it.</summary>
    public void Hide(string name, int looks)
    {
        lock (_lock) (_hidden, _hiddenLooks) = (name, looks);
    }

    public async Task HandleAsync(HttpContext http)
    {
        var (request, response) = (http.Request, http.Response);
        var place = request.Path.Value![_root.Length..];
        var service = place == "info/refs" ? request.Query["service"].ToString() : place;
        if (service is not ("git-upload-pack" or "git-receive-pack"))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var isAdvertisement = place == "info/refs";
        response.ContentType = $"application/x-{service}-{(isAdvertisement ? "advertisement" : "result")}";
        response.Headers.CacheControl = "no-cache";
        if (isAdvertisement) await response.WriteAsync($"{4 + "# service=".Length + service.Length + 1:x4}# service={service}\n0000");
        await ServeAsync(service["git-".Length..], isAdvertisement, request, response.Body, http.RequestAborted);
    }

    private async Task ServeAsync(string command, bool isAdvertisement, HttpRequest request, Stream answer, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git") { RedirectStandardInput = true, RedirectStandardOutput = true };
        string[] advertise = isAdvertisement ? ["--advertise-refs"] : [];
        string[] settings = ["-c", "uploadpack.allowFilter=true", .. Hiding(isAdvertisement && command == "upload-pack")];
        string[] arguments = [.. settings, command, "--stateless-rpc", .. advertise, options.BareRepository];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        if (request.Headers["Git-Protocol"].ToString() is { Length: > 0 } protocol) start.Environment["GIT_PROTOCOL"] = protocol;
        using var git = Process.Start(start)!;
        var sent = git.StandardOutput.BaseStream.CopyToAsync(answer, cancellation);
        if (!isAdvertisement) await BodyOf(request).CopyToAsync(git.StandardInput.BaseStream, cancellation);
        git.StandardInput.Close();
        await sent;
        await git.WaitForExitAsync(cancellation);
    }

    // A look begins with an advertisement; what is asked for after it belongs to the same look.
    private string[] Hiding(bool beginsLook)
    {
        lock (_lock)
        {
            if (_hidden is null) return [];
            if (beginsLook && _hiddenLooks-- == 0) _hidden = null;
            return _hidden is null ? [] : ["-c", $"uploadpack.hideRefs={_hidden}"];
        }
    }

    // git compresses a long request.
    private static Stream BodyOf(HttpRequest request) =>
        request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
}
