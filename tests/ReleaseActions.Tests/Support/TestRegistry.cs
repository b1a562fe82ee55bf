using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace ReleaseActions.Tests.Support;

/// <summary>A real registry on loopback, named by a variable; read here by other means than the code under test.</summary>
public sealed class TestRegistry
{
    private static readonly HttpClient Http = new();
    private readonly string? _account;

    private TestRegistry(string host, string? account)
    {
        Host = host;
        _account = account;
    }

    /// <summary>Host and port.</summary>
    public string Host { get; }

    /// <summary>The registry that accepts everyone; the test is skipped where there is none.</summary>
    public static TestRegistry Require() => new(Needed.Variable("TEST_REGISTRY"), null);

    /// <summary>The registry that accepts bob with the password s3cret.</summary>
    public static TestRegistry RequireWithPassword() => new(Needed.Variable("TEST_REGISTRY_AUTH"), "bob:s3cret");

    /// <summary>A name that no other test uses.</summary>
    public static string NewName(string word) => $"{word}-{Guid.NewGuid():n}"[..(word.Length + 9)];

    /// <summary>The digest that a tag names, or null.</summary>
    public async Task<string?> DigestAsync(string image, string tag)
    {
        using var answer = await SendAsync(HttpMethod.Head, $"{image}/manifests/{tag}");
        return answer.IsSuccessStatusCode ? answer.Headers.GetValues("Docker-Content-Digest").Single() : null;
    }

    /// <summary>The manifest under a tag or digest.</summary>
    public async Task<JsonNode> ManifestAsync(string image, string reference) => await JsonAsync($"{image}/manifests/{reference}");

    /// <summary>The labels of the image under a tag.</summary>
    public async Task<JsonNode> LabelsAsync(string image, string tag)
    {
        var manifest = await ManifestAsync(image, tag);
        return (await JsonAsync($"{image}/blobs/{manifest["config"]!["digest"]}"))["config"]!["Labels"]!;
    }

    private async Task<JsonNode> JsonAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        answer.IsSuccessStatusCode.Should().BeTrue("{0} should be readable", path);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, $"http://{Host}/v2/{path}");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json, application/vnd.oci.image.index.v1+json");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.v2+json");
        request.Headers.Accept.ParseAdd("application/vnd.docker.distribution.manifest.list.v2+json");
        if (_account is null) return Http.SendAsync(request);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(_account));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return Http.SendAsync(request);
    }
}

/// <summary>What a test needs from the machine. Where it is not there the test is skipped, and fails where <c>CI=true</c>.</summary>
public static class Needed
{
    /// <summary>The value of a variable that says where something is.</summary>
    public static string Variable(string name)
    {
        if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value) return value;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"{name} is unset and needed where CI=true");
        Assert.Skip($"{name} is unset: this was not tried");
        return "";
    }

    /// <summary>A docker engine with buildx, named by <c>DOCKER_HOST</c>.</summary>
    public static Rig WithDocker(this Rig rig) => rig.With("DOCKER_HOST", Variable("DOCKER_HOST"));
}
