using System.Text.Json.Nodes;
using ReleaseActions.Core.Edges;
using ReleaseActions.Core.Manifests;
using ReleaseActions.Core.Running;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>Says which version a run releases, and whether it may be released.</summary>
internal sealed class VersionValidateAction : IAction
{
    public string Name => "version-validate";

    public string Description => "Says which version a tag or a manual run releases, and refuses it where the release policy does.";

    public IReadOnlyList<string> Permissions => ["contents: read"];

    public ActionRun Bind(Inputs inputs, Outputs outputs)
    {
        var (given, results) = (new VersionValidateInputs(inputs), new VersionValidateOutputs(outputs));
        return (world, cancellation) => RunAsync(given, results, world, cancellation);
    }

    private static async Task RunAsync(VersionValidateInputs inputs, VersionValidateOutputs outputs, World world, CancellationToken cancellation)
    {
        var facts = await ReadFactsAsync(inputs, world, cancellation);
        var plan = ValidationPlan.For(facts, world.Policy.Version);
        world.Summary.Add(plan.ToMarkdown());
        world.Log.Step("validate", ("version", facts.Release.Version), ("commit", facts.Commit[..12]), ("broken", plan.Broken.Count), ("status", plan.Broken.Count == 0 ? "ok" : "refused"));
        SetOutputs(outputs, plan, world);
        if (plan.Broken.Count == 0) return;
        if (!inputs.DryRun) throw new ActionException(plan.Cause, [.. plan.Broken.Select(v => v.Finding!)]);
        foreach (var verdict in plan.Broken) world.Log.Warning(verdict.Finding!);
    }

    private static async Task<ValidationFacts> ReadFactsAsync(VersionValidateInputs inputs, World world, CancellationToken cancellation)
    {
        var prefix = inputs.TagPrefix ?? world.Policy.Version.TagPrefix;
        var branch = Git.RequireSafeName("branch", inputs.Branch ?? world.Policy.Branches.Production);
        var release = ReleaseTag.OfRun(inputs.Version, world.Runner, prefix);
        var commit = await world.Git.RequireCommitOfRunAsync(null, cancellation);
        var remoteTags = await world.Git.ListRemoteTagsAsync(cancellation);
        return new ValidationFacts(
            release, commit, remoteTags.GetValueOrDefault(release.Name), ReleaseTag.Among(remoteTags.Keys, prefix),
            branch, await BranchHoldsAsync(world.Git, branch, commit, cancellation), ReadManifests(inputs, world));
    }

    private static async Task<bool?> BranchHoldsAsync(Git git, string branch, string commit, CancellationToken cancellation)
    {
        // Fetched always: a checkout's own copy of the branch may be old, and a shallow one has no history to look in.
        var fetched = await git.FetchAsync([$"+refs/heads/{branch}:refs/remotes/origin/{branch}"], cancellation);
        return fetched ? await git.IsAncestorAsync(commit, $"refs/remotes/origin/{branch}", cancellation) : null;
    }

    private static IReadOnlyList<ManifestFact> ReadManifests(VersionValidateInputs inputs, World world)
    {
        var places = inputs.Manifests.Count > 0 ? inputs.Manifests : world.Policy.Version.Manifests;
        return [.. places.Select(ManifestPlace.Parse).SelectMany(place => ReadManifest(place, world.Workspace))];
    }

    private static IEnumerable<ManifestFact> ReadManifest(ManifestPlace place, Workspace workspace)
    {
        if (workspace.ReadText(place.File) is not { } text) return [new ManifestFact(place.ToString(), place.File, null, null, "the file is not there")];
        return place.Read(text).Select(v => new ManifestFact(v.Key == "*" ? place.File : $"{place.File}#{v.Key}", place.File, v.Line, v.Version, v.Problem));
    }

    private static void SetOutputs(VersionValidateOutputs outputs, ValidationPlan plan, World world)
    {
        var version = plan.Facts.Release.Version;
        outputs.Version.Set(version.Text);
        outputs.Tag.Set(plan.Facts.Release.Name);
        outputs.PreviousTag.Set(plan.PreviousTag ?? "");
        outputs.Major.Set($"{version.Major}");
        outputs.Minor.Set($"{version.Minor}");
        outputs.Patch.Set($"{version.Patch}");
        outputs.Prerelease.Set(version.Prerelease);
        outputs.IsPrerelease.Set(version.IsPrerelease);
        outputs.IsLatest.Set(plan.IsLatest);
        outputs.NpmTag.Set(RegistryNames.NpmTag(version, plan.IsLatest) ?? "");
        outputs.PythonVersion.Set(RegistryNames.Python(version) ?? "");
        outputs.ImageTags.Set(RegistryNames.ImageTags(version, plan.IsLatest));
        outputs.Sha.Set(plan.Facts.Commit);
        outputs.ShortSha.Set(plan.Facts.Commit[..12]);
        outputs.ReleaseBranch.Set(plan.Facts.Release.Fill(world.Policy.Branches.Release));
        outputs.Findings.Set(FindingsJson(plan));
    }

    private static string FindingsJson(ValidationPlan plan) => new JsonArray([.. plan.Broken.Select(v => (JsonNode)new JsonObject
    {
        ["rule"] = v.Rule,
        ["message"] = v.Finding!.Message,
        ["remedy"] = v.Finding.Remedy,
        ["file"] = v.Finding.File,
        ["line"] = v.Finding.Line,
    })]).ToJsonString();
}
