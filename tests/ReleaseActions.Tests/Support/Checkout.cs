using System.Diagnostics;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.Tests.Support;

/// <summary>A real repository with a bare <c>origin</c>, in a folder that is deleted with the test.</summary>
public sealed class Checkout : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("release-actions-test-").FullName;

    // One repository is made by git, and every other one is its copy: a dozen processes and over a hundred files fewer in each test.
    private static readonly Lazy<Checkout> Template = new(MakeTemplate);

    public Checkout()
    {
        var template = Template.Value;
        Folders.Copy(template._folder, _folder);
        foreach (var file in (string[])[Path.Combine(Root, ".git/config"), Alternates])
            File.WriteAllText(file, File.ReadAllText(file).Replace(template._folder, _folder, StringComparison.Ordinal));
    }

    private Checkout(Action<Checkout> make) => make(this);

    /// <summary>The work tree.</summary>
    public string Root => Path.Combine(_folder, "work");

    /// <summary>The bare repository that is its origin.</summary>
    public string Origin => Path.Combine(_folder, "origin.git");

    /// <summary>A folder beside the work tree for whatever a test needs.</summary>
    public string Aside(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    public string Head => Git("rev-parse", "HEAD");

    public Checkout Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public Checkout Policy(string yaml) => Write(".github/release-actions.yml", yaml);

    /// <summary>Commits everything, also where nothing changed, and returns the commit.</summary>
    public string Commit(string message)
    {
        Git("add", "--all");
        Git("commit", "--quiet", "--allow-empty", "--message", message);
        return Head;
    }

    /// <summary>Makes an empty commit on top of HEAD, without moving a branch.</summary>
    public string EmptyCommit() => Git("commit-tree", "-p", "HEAD", "-m", "Nothing", "HEAD^{tree}");

    /// <summary>Makes an annotated tag at HEAD and pushes it with its branch.</summary>
    public Checkout Tag(string name)
    {
        Git("tag", "--annotate", "--message", name, name);
        Git("push", "--quiet", "origin", $"refs/tags/{name}");
        return this;
    }

    public Checkout Push()
    {
        Git("push", "--quiet", "--all", "origin");
        return this;
    }

    /// <summary>Makes origin refuse every change of a ref, as a rule of the repository does.</summary>
    public Checkout RefuseUpdatesOf(string name)
    {
        Script.Write(Directory.CreateDirectory(Path.Combine(Origin, "hooks")).FullName, "update", $"test \"$1\" != {name}");
        return this;
    }

    public Checkout Branch(string name)
    {
        Git("switch", "--quiet", "--create", name);
        return this;
    }

    public Checkout Switch(string name)
    {
        Git("switch", "--quiet", name);
        return this;
    }

    /// <summary>Runs git in the work tree; a failure fails the test.</summary>
    public string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = Root };
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        foreach (var (name, value) in Identity) start.Environment[name] = value;
        using var git = Process.Start(start)!;
        var error = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.Should().Be(0, "git {0} said: {1}", string.Join(' ', arguments), error.Result);
        return output.Trim();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // No run starts at a commit that GitHub does not have, whatever its refs are.
    private string Alternates => Path.Combine(Origin, "objects/info/alternates");

    private static Checkout MakeTemplate()
    {
        var template = new Checkout(made =>
        {
            Directory.CreateDirectory(made.Root);
            made.Git("init", "--quiet", "--bare", "--initial-branch=main", made.Origin);
            made.Git("init", "--quiet", "--initial-branch=main");
            made.Git("remote", "add", "origin", made.Origin);
            File.WriteAllText(made.Alternates, Path.Combine(made.Root, ".git/objects") + "\n");
            made.Commit("Begin");
            made.Push();
            foreach (var sample in Directory.GetFiles(made._folder, "*.sample", SearchOption.AllDirectories)) File.Delete(sample);
        });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => template.Dispose();
        return template;
    }

    // Fixed author and dates: the same history has the same commits on every machine, so that golden files can show them.
    private static readonly Dictionary<string, string> Identity = new()
    {
        ["GIT_AUTHOR_NAME"] = "Ada", ["GIT_AUTHOR_EMAIL"] = "ada@example.com", ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_COMMITTER_NAME"] = "Ada", ["GIT_COMMITTER_EMAIL"] = "ada@example.com", ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_CONFIG_NOSYSTEM"] = "1",
    };
}
