using System.Text.Json.Nodes;
using ReleaseActions.Core.Hosting;
using ReleaseActions.Core.Versions;

namespace ReleaseActions.VersionValidate;

/// <summary>What later steps may read.</summary>
internal sealed class ValidationOutputs(Outputs outputs)
{
    public Output Version { get; } = outputs.Declare("version", "The version without the tag prefix, such as 1.2.3-rc.1.");

    public Output Tag { get; } = outputs.Declare("tag", "The tag of the version, such as v1.2.3-rc.1.");

    public Output PreviousTag { get; } = outputs.Declare(
        "previous-tag",
        "The tag of the release that this one follows: for a stable one the highest stable one below it, "
        + "for a prerelease the highest of any kind; empty for a first release.");

    public Output Product { get; } = outputs.Declare(
        "product", "The product that is released, where the policy says {product}; empty where the repository has one product.");

    public Output Major { get; } = outputs.Declare("major", "The first number.");

    public Output Minor { get; } = outputs.Declare("minor", "The second number.");

    public Output Patch { get; } = outputs.Declare("patch", "The third number.");

    public Output Prerelease { get; } = outputs.Declare(
        "prerelease", "The part after the numbers, such as rc.1; empty for a stable version.");

    public Output IsPrerelease { get; } = outputs.Declare(
        "is-prerelease", "true or false; false for a post-release such as 1.2.3-hotfix.1.");

    public Output IsRecovery { get; } = outputs.Declare("is-recovery", "true where the version is a recovery release.");

    public Output IsLatest { get; } = outputs.Declare(
        "is-latest", "true where this is the highest of all released versions that are not prereleases.");

    public Output Channel { get; } = outputs.Declare("channel", "stable, or the prerelease's word, such as rc.");

    public Output NpmTag { get; } = outputs.Declare("npm-tag", "The npm dist-tag: latest, preview, or empty for a patch of an old line.");

    public Output PythonVersion { get; } = outputs.Declare(
        "python-version", "The version in PEP 440's spelling, such as 1.2.3rc1; empty where it has none.");

    public Output SemVerVersion { get; } = outputs.Declare(
        "semver-version",
        "The version in SemVer's spelling, which npm, Cargo and Helm need, such as 2024.5.0 for 2024.05; empty where it has none.");

    public Output ImageTags { get; } = outputs.Declare(
        "image-tags", "The tags for images, one per line: the version, and latest where this is the latest.");

    public Output Sha { get; } = outputs.Declare("sha", "The commit, 40 hex digits.");

    public Output ShortSha { get; } = outputs.Declare("short-sha", "The commit's first 12 hex digits.");

    public Output ReleaseBranch { get; } = outputs.Declare(
        "release-branch", "The branch on which this release is prepared, by the policy.");

    public Output Findings { get; } = outputs.Declare("findings", "What is wrong, as a JSON list of {rule, message, remedy, file, line}.");

    public void Set(ValidationPlan plan)
    {
        var (facts, version, order) = (plan.Facts, plan.Facts.Release.Version, plan.Facts.Request.Order);
        Version.Set(version.Text);
        Tag.Set(facts.Release.Name);
        PreviousTag.Set(plan.PreviousTag?.Name ?? "");
        Product.Set(facts.Request.Policy.Product ?? "");
        Major.Set($"{version.Major}");
        Minor.Set($"{version.Minor}");
        Patch.Set($"{version.Patch}");
        Prerelease.Set(version.Prerelease);
        IsPrerelease.Set(order.IsPrerelease(version));
        IsRecovery.Set(facts.IsRecovery);
        IsLatest.Set(plan.IsLatest);
        var isPrerelease = order.IsPrerelease(version);
        Channel.Set(isPrerelease ? version.Label : "stable");
        // npm must not move latest backwards.
        NpmTag.Set(isPrerelease ? "preview" : plan.IsLatest ? "latest" : "");
        PythonVersion.Set(RegistryNames.Python(version, order) ?? "");
        SemVerVersion.Set(RegistryNames.SemVer(version) ?? "");
        ImageTags.Set(RegistryNames.ImageTags(version, plan.IsLatest));
        Sha.Set(facts.Commit);
        ShortSha.Set(facts.Commit[..12]);
        ReleaseBranch.Set(facts.Release.Fill(facts.Request.ReleaseBranch));
        Findings.Set(FindingsJson(plan));
    }

    private static string FindingsJson(ValidationPlan plan)
    {
        var findings = plan.Broken.Select(r => (JsonNode)new JsonObject
        {
            ["rule"] = r.Rule,
            ["message"] = r.Refusal!.Message,
            ["remedy"] = r.Refusal.Remedy,
            ["file"] = r.Refusal.File,
            ["line"] = r.Refusal.Line,
        });
        return new JsonArray([.. findings]).ToJsonString();
    }
}
