using System.Diagnostics;
using ReleaseActions.Tests.Support;

namespace ReleaseActions.Fuzz.Runs;

/// <summary>
/// The folders of one case: a checkout, its origin, and what a runner has beside them. A case gets a copy of a template that git makes
/// once.
/// </summary>
internal sealed class Ground
{
    private const string Address = "http://127.0.0.1:PORT";

    /// <summary>What is in a file outside of the workspace, and must not get out.</summary>
    public const string Canary = "outside-canary-5521-a7f3c9";

    /// <summary>What actions/checkout left in <c>.git/config</c>.</summary>
    public const string CheckoutToken = "ghs_left-by-checkout-9d1e44";

    /// <summary>The same as git sends it.</summary>
    public static readonly string CheckoutBasic =
        Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"x-access-token:{CheckoutToken}"));

    private Ground(string folder) => Folder = folder;

    public string Folder { get; }

    public string Work => Path.Combine(Folder, "work");

    public string Origin => Path.Combine(Folder, "origin.git");

    public string Outside => Path.Combine(Folder, "outside");

    public string this[string path] => Path.Combine(Folder, path);

    /// <summary>The commit of the release's tag.</summary>
    public string Commit => File.ReadAllText(this["commit"]).Trim();

    /// <summary>The commit of the release before.</summary>
    public string Before => File.ReadAllText(this["commit-before"]).Trim();

    /// <summary>The template: a shop with a release 1.0.0 that is out, and a tag v1.1.0 that is not.</summary>
    public static Ground NewTemplate(string folder)
    {
        var ground = new Ground(folder);
        foreach (var name in (string[])["work", "temp", "home", "files", "workflow", "outside", "tmp", "sandbox"])
            Directory.CreateDirectory(ground[name]);
        ground.Git("init", "--quiet", "--template=", "--bare", "--initial-branch=main", ground.Origin);
        ground.Git("init", "--quiet", "--template=", "--initial-branch=main");
        ground.Git("remote", "add", "origin", ground.Origin);
        ground.WriteHistory();
        ground.WriteImages();
        File.WriteAllText(ground["commit"], ground.Git("rev-parse", "HEAD"));
        File.WriteAllText(ground["commit-before"], ground.Git("rev-parse", "v1.0.0^{}"));
        File.WriteAllText(ground["outside/secret.txt"], $"{Canary}\n");
        File.Copy(Sample("event.json"), ground["workflow/event.json"]);
        ground.Git("config", "remote.origin.url", $"{Address}/acme/shop.git");
        ground.Git("config", $"http.{Address}/.extraheader", $"AUTHORIZATION: basic {CheckoutBasic}");
        foreach (var name in (string[])["output", "summary", "env", "path", "state"]) File.WriteAllText(ground[$"files/{name}"], "");
        return ground;
    }

    /// <summary>A copy for one case.</summary>
    public Ground CopyTo(string folder, int port)
    {
        Folders.Copy(Folder, folder);
        var copy = new Ground(folder);
        var config = File.ReadAllText(copy["work/.git/config"]);
        File.WriteAllText(copy["work/.git/config"], config.Replace(Address, $"http://127.0.0.1:{port}", StringComparison.Ordinal));
        return copy;
    }

    /// <summary>The path of a sample.</summary>
    public static string Sample(string path) => Path.Combine(AppContext.BaseDirectory, "Samples", path);

    /// <summary>A file's text; empty where it is no regular file with any.</summary>
    public string Text(string path)
    {
        // A FIFO and a device have no length, and would be read without end.
        var file = new FileInfo(this[path]);
        return file is { Exists: true, LinkTarget: null, Length: > 0 and < 64 * 1024 * 1024 } ? File.ReadAllText(file.FullName) : "";
    }

    /// <summary>Deletes a folder; what is left in use is left there.</summary>
    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A child that outlived its program writes there: the folder is below a temporary one.
        }
    }

    /// <summary>Runs git in the checkout.</summary>
    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Work };
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in Identity) start.Environment[name] = value;
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        if (git.ExitCode != 0) throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error.Result}");
        return output.Trim();
    }

    /// <summary>Commits what the checkout has now, moves the release's tag there, and pushes both.</summary>
    public void Publish()
    {
        Git("-c", "core.hooksPath=/dev/null", "commit", "--quiet", "--all", "--allow-empty", "--message", "Release 1.1.0");
        Git("tag", "--force", "--annotate", "--message", "Release v1.1.0", "v1.1.0");
        Git("push", "--quiet", "--force", Origin, "HEAD:refs/heads/main", "refs/tags/v1.1.0");
        File.WriteAllText(this["commit"], Git("rev-parse", "HEAD"));
    }

    /// <summary>Commits and tags of origin that are new.</summary>
    public string Pushed()
    {
        string[] origin = ["--git-dir", Origin];
        return Git([.. origin, "log", "--patch", "--all", "--not", Commit])
            + Git([.. origin, "for-each-ref", "--format=%(refname) %(contents)"]);
    }

    private void WriteHistory()
    {
        foreach (var file in Directory.GetFiles(Sample("manifests")))
            Write(Path.GetFileName(file), File.ReadAllText(file).Replace("1.1.0", "1.0.0", StringComparison.Ordinal));
        Write("CHANGELOG.md", "# Changelog\n\n## [1.0.0] - 2026-01-02\n\n- First release\n");
        Write(".gitignore", "dist/\nNOTES.md\nrelease-artifacts/\nbin/\nchanges/\n");
        Write("ops/state.yml", "products:\n  shop:\n    phase: beta\n    version: 1.0.0 # the last one\n");
        Record("Begin");
        Git("tag", "--annotate", "--message", "Release v1.0.0", "v1.0.0");
        foreach (var file in Directory.GetFiles(Sample("lockfiles"))) File.Copy(file, Path.Combine(Work, Path.GetFileName(file)));
        Record("feat: pin dependencies (#7)");
        Write("docs/notes.md", "Notes of the till\n");
        Record("fix: round half up (#8)\n\nBREAKING CHANGE: prices have two digits");
        Git("switch", "--quiet", "--create", "release/1.1.0");
        foreach (var file in Directory.GetFiles(Sample("manifests"))) Write(Path.GetFileName(file), File.ReadAllText(file));
        File.Copy(Sample("CHANGELOG.md"), Path.Combine(Work, "CHANGELOG.md"), overwrite: true);
        Directory.CreateDirectory(Path.Combine(Work, ".github"));
        File.Copy(Sample("policy.yml"), Path.Combine(Work, ".github/release-actions.yml"));
        Record("Release 1.1.0");
        Git("switch", "--quiet", "main");
        Git("merge", "--quiet", "--ff-only", "release/1.1.0");
        Git("tag", "--annotate", "--message", "Release v1.1.0", "v1.1.0");
        Git("push", "--quiet", "--all", "origin");
        Git("push", "--quiet", "--tags", "origin");
        Git("gc", "--quiet");
    }

    private void WriteImages()
    {
        Write("dist/tool.txt", "a tool\n");
        Write("dist/readme.txt", "how to use it\n");
        Write("NOTES.md", "Sales on Sundays, by @ada.\n\n- A [till](docs/notes.md)\n");
        ImageFiles.DockerSave("one", "two").WriteTar(Path.Combine(Work, "dist/shop.tar"));
        ImageFiles.OciLayout("amd64", "arm64").WriteTar(Path.Combine(Work, "dist/till.oci.tar"));
        ImageFiles.OciLayout("amd64").WriteFolder(Path.Combine(Work, "dist/layout"));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(Work, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private void Record(string message)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--message", message);
    }

    private static readonly Dictionary<string, string> Identity = new()
    {
        ["GIT_AUTHOR_NAME"] = "Ada", ["GIT_AUTHOR_EMAIL"] = "ada@example.com", ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_COMMITTER_NAME"] = "Ada", ["GIT_COMMITTER_EMAIL"] = "ada@example.com", ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1",
    };
}
