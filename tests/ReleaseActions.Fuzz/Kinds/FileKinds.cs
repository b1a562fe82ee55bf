using System.Text;
using ReleaseActions.Fuzz.Mutations;
using ReleaseActions.Fuzz.Runs;

namespace ReleaseActions.Fuzz.Kinds;

/// <summary>The file that <c>GITHUB_EVENT_PATH</c> names.</summary>
internal sealed class EventFile : FuzzKind
{
    public override string Name => "event-file";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any("image-build-push", "release-publish", "branch-cleanup", "release-prepare", "version-validate"));
        fuzz.Variables["GITHUB_EVENT_NAME"] = fuzz.Any(
            "push", "push", "workflow_dispatch", "pull_request", "pull_request_target", "workflow_run", "issue_comment", "release",
            "schedule");
        fuzz.ChangeFile("workflow/event.json", content => TextMutation.Damaged("event.json", content, fuzz.Random));
    }
}

/// <summary>What <c>docker login</c> wrote.</summary>
internal sealed class DockerConfig : FuzzKind
{
    public override string Name => "docker-config";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare("image-build-push");
        fuzz.Variables.Remove("INPUT_PASSWORD");
        if (fuzz.Random.Next(2) == 0) fuzz.Variables.Remove("INPUT_TOKEN");
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"ada:{FuzzCase.Token}"));
        var folder = fuzz.Any("home/.docker", "work/docker");
        Directory.CreateDirectory(fuzz.Ground[folder]);
        if (folder != "home/.docker") fuzz.Variables["DOCKER_CONFIG"] = fuzz.Ground[folder];
        var text = File.ReadAllText(Ground.Sample("docker-config.json"))
            .Replace("REGISTRY", fuzz.Registry, StringComparison.Ordinal).Replace("AUTH", auth, StringComparison.Ordinal);
        File.WriteAllText(fuzz.Ground[$"{folder}/config.json"], text);
        fuzz.ChangeFile($"{folder}/config.json", content => TextMutation.Damaged("config.json", content, fuzz.Random));
    }
}

/// <summary>Lock files of all formats.</summary>
internal sealed class LockFiles : FuzzKind
{
    public override string Name => "lock-files";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare("sbom-checksum");
        var all = Directory.GetFiles(Ground.Sample("lockfiles")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToArray();
        var file = fuzz.Any<string>(all);
        if (fuzz.Random.Next(3) > 0) fuzz.Input("lockfiles", file);
        if (file.EndsWith(".json", StringComparison.Ordinal) && fuzz.Random.Next(20) == 0)
            fuzz.ChangeFile($"work/{file}", _ => Encoding.UTF8.GetBytes(Nested(1 << fuzz.Random.Next(14))));
        else Damage(fuzz, file);
    }

    // Packages in packages, as old versions of npm write them.
    private static string Nested(int depth) =>
        "{\"lockfileVersion\":1,\"dependencies\":"
        + string.Concat(Enumerable.Range(0, depth).Select(i => $"{{\"a{i}\":{{\"version\":\"1.{i}\",\"requires\":{{\"b\":\"1\"}},"
            + "\"dependencies\":"))
        + "{}" + new string('}', 2 * depth) + "}";
}

/// <summary>Changelogs, notes, templates and fragments.</summary>
internal sealed class Changelogs : FuzzKind
{
    public override string Name => "changelogs";

    public override void Make(FuzzCase fuzz)
    {
        const string Mostly = "changelog-extract";
        fuzz.Prepare(fuzz.Any(Mostly, Mostly, Mostly, "version-validate", "release-prepare", "release-publish"));
        if (fuzz.Program == "version-validate") fuzz.UsePolicyOfEverything();
        Damage(fuzz, "CHANGELOG.md");
        if (fuzz.Program == "release-publish") fuzz.Input("body-path", fuzz.Any("CHANGELOG.md", "NOTES.md"));
        if (fuzz.Program == "release-publish") Damage(fuzz, "NOTES.md");
        if (fuzz.Program == "release-prepare" && fuzz.Random.Next(2) == 0) fuzz.Input("notes-file", "NOTES.md");
        if (fuzz.Program is "release-prepare" or "version-validate") fuzz.Publish();
        if (fuzz.Program != "changelog-extract") return;
        fuzz.Input("template", fuzz.Any("raw", "grouped", "NOTES.md"));
        fuzz.Input("mentions", fuzz.Any("keep", "neutralise"));
        fuzz.Input("lint", fuzz.Any("true", "false", "false"));
        fuzz.Input("version", fuzz.Any("1.1.0", "1.1.0", "1.0.0", "2.0.0"));
        fuzz.Input("fallback", fuzz.Any("policy", "unreleased", "commits"));
        if (fuzz.Random.Next(4) > 0) return;
        Directory.CreateDirectory(fuzz.Ground["work/changes"]);
        File.Copy(fuzz.Ground["work/NOTES.md"], fuzz.Ground["work/changes/12.fixed.md"]);
        Damage(fuzz, "changes/12.fixed.md");
        fuzz.Input("fragments", "changes");
        fuzz.Input("version", "2.0.0");
    }
}

/// <summary>The policy.</summary>
internal sealed class Policies : FuzzKind
{
    public override string Name => "policies";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any<string>(Programs));
        if (fuzz.Random.Next(3) > 0) fuzz.UsePolicyOfEverything();
        Damage(fuzz, ".github/release-actions.yml");
        if (fuzz.Program is "release-prepare" or "version-validate" && fuzz.Random.Next(2) == 0) fuzz.Publish();
        if (fuzz.Random.Next(5) == 0) fuzz.Input("dry-run", "true");
    }
}

/// <summary>Manifests that have the version.</summary>
internal sealed class Manifests : FuzzKind
{
    public override string Name => "manifests";

    public override void Make(FuzzCase fuzz)
    {
        fuzz.Prepare(fuzz.Any("version-validate", "release-prepare", "release-prepare", "image-build-push"));
        fuzz.UsePolicyOfEverything();
        var all = Directory.GetFiles(Ground.Sample("manifests")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).ToArray();
        var file = fuzz.Any<string>(all);
        Damage(fuzz, file);
        if (fuzz.Program == "version-validate")
            fuzz.Input("manifests", fuzz.Any(file, $"{file}#version", $"{file}#a.b", $"{file}\nVERSION"));
        if (fuzz.Program == "image-build-push") fuzz.Variables.Remove("INPUT_IMAGE");
        if (fuzz.Program == "image-build-push") fuzz.Variables.Remove("INPUT_ARCHIVE");
        if (fuzz.Program == "image-build-push") Damage(fuzz, "package.json");
        fuzz.Publish();
    }
}
