using System.Text.Json.Nodes;

namespace ReleaseActions.EndToEnd;

/// <summary>Reads a real registry with nothing but HTTP, so that what the suite says of itself is checked by other means.</summary>
internal static class TestRegistry
{
    private static readonly string[] ManifestTypes = ["application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.v2+json"];

    /// <summary>The digest behind a tag; empty where there is none.</summary>
    /// <param name="registry">The registry and the path in it, such as <c>127.0.0.1:5000/acme</c>.</param>
    /// <param name="image">The image's name below that.</param>
    /// <param name="tag">The tag.</param>
    public static async Task<string> DigestAsync(string registry, string image, string tag)
    {
        using var answer = await GetAsync(registry, $"{image}/manifests/{tag}");
        return answer.Headers.TryGetValues("Docker-Content-Digest", out var digests) ? digests.Single() : "";
    }

    /// <summary>The labels of an image.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> LabelsAsync(string registry, string image, string tag)
    {
        using var answer = await GetAsync(registry, $"{image}/manifests/{tag}");
        var manifest = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        using var blob = await GetAsync(registry, $"{image}/blobs/{manifest["config"]!["digest"]}");
        var configuration = JsonNode.Parse(await blob.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return configuration["config"]?["Labels"]?.AsObject().ToDictionary(l => l.Key, l => l.Value!.GetValue<string>()) ?? [];
    }

    private static async Task<HttpResponseMessage> GetAsync(string registry, string path)
    {
        var (host, root) = (registry.Split('/')[0], registry.Split('/')[1]);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{host}/v2/{root}/{path}");
        foreach (var type in ManifestTypes) request.Headers.Accept.ParseAdd(type);
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
