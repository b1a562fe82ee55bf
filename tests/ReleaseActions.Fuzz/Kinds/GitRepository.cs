using System.Text;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>The <c>.git</c> of the workspace: settings, hooks, refs, replaced, grafted and forged objects.</summary>
internal sealed class GitRepository : FuzzKind
{
    private static readonly string[] Hooks =
        ["pre-push", "post-checkout", "reference-transaction", "pre-commit", "post-merge", "fsmonitor-watchman"];

    private static readonly string[] Refs =
        ["refs/heads/main", "refs/tags/v1.1.0", "refs/remotes/origin/main", "refs/heads/-x", "FETCH_HEAD", "MERGE_HEAD"];

    private static readonly string[] Others =
        ["info/grafts", "objects/info/alternates", "objects/info/commit-graph", "info/attributes", "commondir", "config.worktree"];

    public override string Name => "git-repository";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any<string>(Programs));
        if (fuzz.Random.Next(4) == 0) fuzz.UsePolicyOfEverything();
        for (var times = fuzz.Random.Next(1, 3); times > 0; times--) Change(fuzz);
    }

    private static void Change(FuzzCase fuzz)
    {
        var (ground, random) = (fuzz.Ground, fuzz.Random);
        switch (random.Next(11))
        {
            case 0 or 1 or 2:
                Append(fuzz, "config", Settings(fuzz));
                break;
            case 3:
                DamageAny(fuzz, "config", "packed-refs", "HEAD", "index", "info/exclude", "description");
                break;
            case 4:
                DamageAny(fuzz, [.. Objects(ground)]);
                break;
            case 5:
                foreach (var name in Hooks) Script(fuzz, $"work/.git/hooks/{name}");
                break;
            case 6:
                Write(fuzz, "shallow", fuzz.Any(ground.Commit + "\n", Hostile.Text(random), new string('0', 40) + "\n"));
                break;
            case 7:
                Write(fuzz, $"refs/replace/{ground.Commit}", fuzz.Any(ground.Before, Hostile.Text(random)) + "\n");
                break;
            case 8:
                Write(fuzz, fuzz.Any<string>(Refs),
                    fuzz.Any(ground.Before, "ref: refs/heads/main", "ref: ../../outside/secret.txt", Hostile.Text(random)) + "\n");
                break;
            case 9:
                var line = fuzz.Any(ground["outside"], $"{ground.Commit} {ground.Before}", "* filter=x diff=x", Hostile.Text(random));
                Write(fuzz, fuzz.Any<string>(Others), line + "\n");
                break;
            default:
                Replace(fuzz);
                break;
        }
    }

    private static string Settings(FuzzCase fuzz)
    {
        var script = fuzz.Ground["work/.git/evil"];
        Script(fuzz, "work/.git/evil");
        return "\n" + fuzz.Any(
            $"[core]\n\tfsmonitor = {script}\n\tsshCommand = {script}\n\tgitProxy = {script}\n\thooksPath = .git/hooks",
            $"[hook \"x\"]\n\tcommand = {script}\n\tevent = pre-push\n\tevent = reference-transaction",
            $"[url \"{fuzz.OtherHost}/\"]\n\tinsteadOf = {fuzz.Server}/\n\tpushInsteadOf = {fuzz.Server}/",
            $"[http]\n\tproxy = {fuzz.OtherHost}\n\tsslVerify = false\n\tsaveCookies = true",
            $"[http]\n\tcookieFile = {fuzz.Ground["outside/secret.txt"]}\n\tsaveCookies = true",
            $"[http]\n\textraheader = X-Other: 1\n\tfollowRedirects = true\n[remote \"origin\"]\n\tproxy = {fuzz.OtherHost}",
            $"[remote \"origin\"]\n\turl = {fuzz.OtherHost}/acme/shop.git\n\tpushurl = {fuzz.OtherHost}/acme/shop.git",
            $"[remote \"origin\"]\n\tuploadpack = {script}\n\treceivepack = {script}\n\tpromisor = true\n\tfetch = +refs/*:*",
            $"[credential]\n\thelper = \"!{script}\"\n[diff]\n\texternal = {script}\n[filter \"x\"]\n\tclean = {script}",
            $"[include]\n\tpath = {fuzz.Ground["outside/secret.txt"]}\n[push]\n\tfollowTags = true\n[fetch]\n\trecurseSubmodules = true",
            "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tobjectFormat = sha256\n\tpartialClone = origin",
            "[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\tworktreeConfig = true\n\tx = y",
            $"[core]\n\tworktree = {fuzz.Ground["outside"]}\n\tbare = true\n\tattributesFile = /dev/zero\n\texcludesFile = /dev/zero",
            $"[branch \"main\"]\n\tremote = {Hostile.Text(fuzz.Random)}\n\tmerge = {Hostile.Text(fuzz.Random)}",
            TextMutation.Changed(fuzz.Ground.Text("work/.git/config"), fuzz.Random)) + "\n";
    }

    // None where an earlier change of the case put something else in the place of the folder.
    private static IEnumerable<string> Objects(Ground ground) => Directory.Exists(ground["work/.git/objects"])
        ? Directory.GetFiles(ground["work/.git/objects"], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(ground["work/.git"], f))
        : [];

    // Not a folder any more, or one that is elsewhere.
    private static void Replace(FuzzCase fuzz)
    {
        var git = fuzz.Ground["work/.git"];
        if (Directory.Exists(fuzz.Ground["outside/git"])) return;
        Directory.Move(git, fuzz.Ground["outside/git"]);
        switch (fuzz.Random.Next(4))
        {
            case 0:
                var place = fuzz.Any("../outside/git", Hostile.Text(fuzz.Random), ".git");
                File.WriteAllText(git, $"gitdir: {place}\n", Hostile.Utf8);
                break;
            case 1:
                File.CreateSymbolicLink(git, fuzz.Ground["outside/git"]);
                break;
            case 2:
                Directory.CreateDirectory(git);
                break;
            default:
                NativeMethods.MakeNode(git, NativeMethods.Fifo);
                break;
        }
    }

    private static void Append(FuzzCase fuzz, string path, string text)
    {
        if (File.Exists(fuzz.Ground[$"work/.git/{path}"])) File.AppendAllText(fuzz.Ground[$"work/.git/{path}"], text, Hostile.Utf8);
    }

    private static void Write(FuzzCase fuzz, string path, string text)
    {
        var full = fuzz.Ground[$"work/.git/{path}"];
        if (!Directory.Exists(fuzz.Ground["work/.git"])) return;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text, Hostile.Utf8);
    }

    private static void DamageAny(FuzzCase fuzz, params string[] paths)
    {
        var there = paths.Where(p => File.Exists(fuzz.Ground[$"work/.git/{p}"])).ToArray();
        if (there.Length == 0) return;
        var path = fuzz.Ground[$"work/.git/{fuzz.Any<string>(there)}"];
        // git makes its objects unwritable.
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var isText = !path.Contains("/objects/", StringComparison.Ordinal) && !path.EndsWith("index", StringComparison.Ordinal);
        var content = File.ReadAllBytes(path);
        File.WriteAllBytes(
            path, isText ? Encoding.UTF8.GetBytes(TextMutation.Changed(Encoding.UTF8.GetString(content), fuzz.Random))
            : ByteMutation.Damaged(content, fuzz.Random));
    }

    // Leaves a file where none may be written.
    private static void Script(FuzzCase fuzz, string path)
    {
        var full = fuzz.Ground[path];
        if (!Directory.Exists(fuzz.Ground["work/.git"])) return;
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, $"#!/bin/sh\nenv > {fuzz.Ground["outside"]}/ran-$(basename $0)\ncat > /dev/null\n");
        File.SetUnixFileMode(full, (UnixFileMode)0x1ED /* rwxr-xr-x */);
    }
}
