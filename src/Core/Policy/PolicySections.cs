using ReleaseActions.Core.Versions;

namespace ReleaseActions.Core.Policy;

/// <summary>Which versions may be released, and which files must say the same.</summary>
public sealed record VersionPolicy
{
    internal VersionPolicy(PolicyMap map)
    {
        TagPrefix = map.Text("tag-prefix", "What stands before the version in a tag; {product} is the product, where a repository holds several.", "v");
        Prereleases = map.Texts("prereleases", "The legal words of a prerelease, such as rc in 1.2.3-rc.1.", "preview", "alpha", "beta", "rc");
        Recovery = map.Texts("recovery", "The words that are planned alone, such as preview in 1.2.3-preview, and mark a recovery release with a number, as in 1.2.3-preview.1.");
        PostReleases = map.Texts("post-releases", "The words of versions that come after the stable one and are as stable, such as hotfix in 1.2.3-hotfix.1.");
        Increasing = map.Flag("increasing", "A version must be higher than every other one of its line: of 1.2.x.", true);
        AnnotatedTags = map.Flag("annotated-tags", "A release's tag must be annotated.", false);
        TagMessage = map.OptionalText("tag-message", "The first line of the tag's message, such as `Release {tag}: *`; {version} and {tag} are filled in, and * is any text.");
        Manifests = map.Texts("manifests", "Files that must say the version, or file#key for a key in any JSON, YAML, TOML, XML or Makefile.");
        foreach (var word in PostReleases.Where(Prereleases.Contains)) map.Reject("post-releases", $"Take '{word}' off `prereleases`, or off this: it cannot come both before and after the stable version");
        foreach (var word in Recovery.Except(Prereleases)) map.Reject("recovery", $"Add '{word}' to `prereleases`, or take it off this");
    }

    /// <summary>What stands before the version in a tag; may be empty.</summary>
    public string TagPrefix { get; }

    /// <summary>The legal first identifiers of a prerelease.</summary>
    public IReadOnlyList<string> Prereleases { get; }

    /// <summary>The words that mark a recovery release where a number follows.</summary>
    public IReadOnlyList<string> Recovery { get; }

    /// <summary>The words of versions that come after the stable one.</summary>
    public IReadOnlyList<string> PostReleases { get; }

    /// <summary>The order that follows from <see cref="PostReleases"/>.</summary>
    public VersionOrder Order => new(PostReleases);

    /// <summary>Whether a version is a recovery release: one of the words of <see cref="Recovery"/> with a number.</summary>
    public bool IsRecovery(SemanticVersion version) => version.IsNumbered && Recovery.Contains(version.Label);

    /// <summary>Whether a version must be the highest of its line.</summary>
    public bool Increasing { get; }

    /// <summary>Whether a release's tag must be annotated.</summary>
    public bool AnnotatedTags { get; }

    /// <summary>What the first line of the tag's message must look like, or null.</summary>
    public string? TagMessage { get; }

    /// <summary>Files, or <c>file#key</c>, that must say the version.</summary>
    public IReadOnlyList<string> Manifests { get; }
}

/// <summary>The branches a release goes through.</summary>
public sealed record BranchPolicy
{
    internal BranchPolicy(PolicyMap map)
    {
        Production = map.Text("production", "The branch whose commits may be released.", "main");
        TipOnly = map.Flag("tip-only", "The commit must be the production branch's last one, not any one in it.", false);
        Release = map.Text("release", "The branch that a release is prepared on, and that is deleted afterwards. {version} is the version, {tag} its tag.", "release/{version}");
    }

    /// <summary>The branch whose commits may be released.</summary>
    public string Production { get; }

    /// <summary>Whether the released commit must be the branch's last one.</summary>
    public bool TipOnly { get; }

    /// <summary>The branch a release is prepared on, with <c>{version}</c> or <c>{tag}</c> in it.</summary>
    public string Release { get; }

    /// <summary>The same with <c>{version}</c> alone, to know a branch by its name.</summary>
    /// <param name="tagPrefix">What stands before the version in a tag.</param>
    public string ReleasePattern(string tagPrefix) => Release.Replace("{tag}", $"{tagPrefix}{{version}}", StringComparison.Ordinal);
}

/// <summary>Where the release notes come from.</summary>
public sealed record ChangelogPolicy
{
    /// <summary>What may stand in for a missing section.</summary>
    public static readonly IReadOnlyList<string> Sources = ["none", "unreleased", "command", "commits", "generated"];

    internal ChangelogPolicy(PolicyMap map)
    {
        Path = map.Text("path", "The changelog. With {version} in it, a file per version, such as releases/{version}.md.", "CHANGELOG.md");
        Fragments = map.OptionalText("fragments", "A folder with one file for each change, such as changes/123.fixed.md; read where the changelog has no section for the version.");
        Required = map.Flag("required", "A version may be released only where the changelog has a section for it with something in it.", false);
        CompareLinks = map.Flag("compare-links", "The section's compare link must be there and start at the previous release's tag.", false);
        Fallback = map.Words(
            "fallback", "Where notes come from, in this order, where the changelog has no section for the version; none refuses instead.", Sources, "commits");
        Labels = map.Map("labels", "What the labels of pull requests mean where notes are made from the commits.", m => new LabelPolicy(m));
    }

    /// <summary>The changelog's path, perhaps with <c>{version}</c> in it.</summary>
    public string Path { get; }

    /// <summary>The folder of fragments, or null.</summary>
    public string? Fragments { get; }

    /// <summary>Whether a version needs a section.</summary>
    public bool Required { get; }

    /// <summary>Whether a section needs a compare link.</summary>
    public bool CompareLinks { get; }

    /// <summary>Words of <see cref="Sources"/>, first to last.</summary>
    public IReadOnlyList<string> Fallback { get; }

    /// <summary>What labels mean.</summary>
    public LabelPolicy Labels { get; }
}

/// <summary>One image of a release: built from a Dockerfile, or taken from an archive that another build system made.</summary>
public sealed record ImagePolicy
{
    internal ImagePolicy(PolicyMap map)
    {
        Name = map.RequiredText("name", "The image's name, put after the registry; or a whole reference with a registry of its own.");
        Context = map.Text("context", "The folder that docker builds from.", ".");
        Dockerfile = map.Text("dockerfile", "The Dockerfile, relative to the context.", "Dockerfile");
        Target = map.OptionalText("target", "The stage to build; the last one where absent.");
        BuildArguments = map.Texts("build-args", "Build arguments, as NAME=value. {version} is the version.");
        Platforms = map.Texts("platforms", "The platforms to build for, such as linux/amd64.");
        Archive = map.OptionalText("archive", "An image archive made by docker save, Nix or an OCI tool; pushed as it is, without docker.");
        VersionFrom = map.OptionalText("version-from", "Where the component's own version lives, as in manifests; it becomes a label and never changes the tag.");
        Labels = map.Texts("labels", "Further labels, as name=value.");
    }

    /// <summary>The name after the registry, or a whole reference.</summary>
    public string Name { get; }

    /// <summary>The build context.</summary>
    public string Context { get; }

    /// <summary>The Dockerfile, relative to the context.</summary>
    public string Dockerfile { get; }

    /// <summary>The stage, or null for the last.</summary>
    public string? Target { get; }

    /// <summary><c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> BuildArguments { get; }

    /// <summary>Platforms; empty for the builder's own.</summary>
    public IReadOnlyList<string> Platforms { get; }

    /// <summary>The archive, or null where the image is built.</summary>
    public string? Archive { get; }

    /// <summary>A manifest, or <c>file#key</c>, or null.</summary>
    public string? VersionFrom { get; }

    /// <summary><c>name=value</c> each.</summary>
    public IReadOnlyList<string> Labels { get; }
}

/// <summary>The files of a release, and what is made about them.</summary>
public sealed record ArtifactPolicy
{
    internal ArtifactPolicy(PolicyMap map)
    {
        Files = map.Texts("files", "Globs of the files that are published, such as dist/*.tgz.");
        Folder = map.Text("folder", "Where checksums.txt, sbom.json and the signatures are written.", "release-artifacts");
        Lockfiles = map.Texts("lockfiles", "The lock files that the SBOM is read from; those found in the workspace where absent.");
        BundleName = map.Text("bundle-name", "The name of the signature bundle of checksums.txt.", "checksums.txt.sigstore.json");
    }

    /// <summary>Globs of the files to publish.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Where the made files go, relative to the workspace.</summary>
    public string Folder { get; }

    /// <summary>Lock files; empty for those found.</summary>
    public IReadOnlyList<string> Lockfiles { get; }

    /// <summary>The signature bundle's name, without a folder.</summary>
    public string BundleName { get; }
}
