using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using ReleaseActions.Sandbox;
using ReleaseActions.Sandbox.Git;

namespace ReleaseActions.Tests.Support;

/// <summary>
/// One server on loopback for the origins of all checkouts, each below a path of its own: what GITHUB_SERVER_URL names where a test needs
/// no more of GitHub than its git.
/// </summary>
internal static class GitServer
{
    private static readonly ConcurrentDictionary<string, Func<HttpContext, bool>> Gates = new();
    private static readonly ConcurrentDictionary<string, string> Origins = new();
    private static readonly Lazy<string> Address = new(Start);

    /// <summary>Serves a bare repository under every owner and name.</summary>
    /// <returns>What GITHUB_SERVER_URL is set to.</returns>
    public static string Serve(string origin)
    {
        var id = Path.GetFileName(Path.GetDirectoryName(origin))!;
        Origins[id] = origin;
        return $"{Address.Value}/{id}";
    }

    /// <summary>Lets a test answer the requests for an origin, until it lets one through (false).</summary>
    public static void Intercept(string origin, Func<HttpContext, bool> gate) =>
        Gates[Path.GetFileName(Path.GetDirectoryName(origin))!] = gate;

    private static string Start()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "git" });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(HandleAsync);
        web.StartAsync().GetAwaiter().GetResult();
        return web.Urls.First();
    }

    private static Task HandleAsync(HttpContext http)
    {
        var parts = http.Request.Path.Value!.Split('/');
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        if (parts is not ["", var id, var owner, var name, ..] || !Origins.TryGetValue(id, out var origin)) return Task.CompletedTask;
        http.Response.StatusCode = StatusCodes.Status200OK;
        if (Gates.TryGetValue(id, out var gate) && gate(http)) return Task.CompletedTask;
        var options = new SandboxOptions
        {
            Owner = $"{id}/{owner}",
            Repository = name.Replace(".git", "", StringComparison.Ordinal),
            BareRepository = origin,
            StateFolder = "",
        };
        return new SmartHttp(options).HandleAsync(http);
    }
}
