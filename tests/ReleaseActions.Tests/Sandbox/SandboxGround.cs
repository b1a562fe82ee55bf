using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Sandbox;

namespace ReleaseActions.Tests.Sandbox;

/// <summary>A bare repository with a little history, a sandbox on it, and a client that behaves as GitHub's manual asks.</summary>
internal sealed class SandboxGround : IAsyncDisposable
{
    // Made once by git, then copied: a new ground for each test costs no processes.
    private static readonly Lazy<string> _history = new(MakeHistory);
    private readonly string _folder;

    private SandboxGround(string folder, SandboxServer sandbox)
    {
        _folder = folder;
        Sandbox = sandbox;
        Client = NewClient(sandbox.ApiUrl, "sandbox-token");
    }

    public SandboxServer Sandbox { get; private set; }

    public HttpClient Client { get; }

    public string Repo => $"{Sandbox.ApiUrl}/repos/acme/shop";

    public string Origin => Path.Combine(_folder, "origin.git");

    public static async Task<SandboxGround> NewAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        Folders.Copy(_history.Value, Path.Combine(folder, "origin.git"));
        var options = OptionsIn(folder);
        return new SandboxGround(folder, await SandboxServer.StartAsync(change?.Invoke(options) ?? options));
    }

    /// <summary>A client that names itself, the API's version and the media type, and refuses every host that is not loopback.</summary>
    public static HttpClient NewClient(string address, string? token)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(address) };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("release-actions-tests");
        client.DefaultRequestHeaders.Accept.ParseAdd("application/vnd.github+json");
        client.DefaultRequestHeaders.Add("X-GitHub-Api-Version", "2022-11-28");
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        client.BaseAddress.IsLoopback.Should().BeTrue();
        return client;
    }

    public Task<HttpResponseMessage> GetAsync(string path) => Client.GetAsync(new Uri(Repo + path));

    public async Task<JsonNode> ReadAsync(string path) => await BodyAsync(await GetAsync(path), HttpStatusCode.OK);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, Repo + path);
        if (body is not null)
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return await Client.SendAsync(request);
    }

    public async Task<JsonNode> CreateReleaseAsync(string tag, bool draft = false, JsonObject? more = null)
    {
        var body = new JsonObject { ["tag_name"] = tag, ["draft"] = draft };
        foreach (var (name, value) in more ?? [])
            body[name] = value?.DeepClone();
        return await BodyAsync(await SendAsync(HttpMethod.Post, "/releases", body), HttpStatusCode.Created);
    }

    public Task<HttpResponseMessage> UploadAsync(JsonNode release, string name, string bytes) =>
        UploadAsync(release, name, new ByteArrayContent(Encoding.UTF8.GetBytes(bytes)));

    public async Task<HttpResponseMessage> UploadAsync(JsonNode release, string name, HttpContent content)
    {
        var address = release["upload_url"]!.ToString().Replace("{?name,label}", "", StringComparison.Ordinal);
        content.Headers.ContentType ??= new MediaTypeHeaderValue("application/octet-stream");
        return await Client.PostAsync(new Uri($"{address}?name={Uri.EscapeDataString(name)}"), content);
    }

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(expected, text);
        return JsonNode.Parse(text)!;
    }

    public string Git(params string[] arguments) => Run(Origin, arguments);

    /// <summary>Stops the sandbox and starts another one on the same folder.</summary>
    public async Task RestartAsync()
    {
        await Sandbox.DisposeAsync();
        Sandbox = await SandboxServer.StartAsync(OptionsIn(_folder));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Sandbox.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static SandboxOptions OptionsIn(string folder) =>
        new() { BareRepository = Path.Combine(folder, "origin.git"), StateFolder = Path.Combine(folder, "state") };

    // main: one, two · feature: one, three · v0.1.0 annotated at one
    private static string MakeHistory()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-history-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var work = Path.Combine(folder, "work");
        Run(folder, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git");
        Run(folder, "init", "--quiet", "--initial-branch=main", work);
        Commit(work, "one");
        Run(work, "tag", "-a", "v0.1.0", "-m", "The first");
        Run(work, "branch", "feature");
        Commit(work, "two");
        Run(work, "switch", "--quiet", "feature");
        Commit(work, "three");
        Run(work, "push", "--quiet", Path.Combine(folder, "origin.git"), "main", "feature", "v0.1.0");
        return Path.Combine(folder, "origin.git");
    }

    private static void Commit(string work, string name)
    {
        File.WriteAllText(Path.Combine(work, name + ".txt"), name + "\n");
        Run(work, "add", ".");
        Run(work, "commit", "--quiet", "-m", name);
    }

    private static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = folder, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-c", "user.name=Ada", "-c", "user.email=ada@example.org", .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["GIT_CONFIG_GLOBAL"] = "/dev/null";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, string.Join(' ', arguments));
        return output.Trim();
    }
}
