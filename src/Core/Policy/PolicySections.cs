namespace ReleaseActions.Core.Policy;

/// <summary>Which versions may be released, and which files must say the same.</summary>
public sealed record VersionPolicy
{
    internal VersionPolicy(PolicyMap map)
    {
        TagPrefix = map.Text("tag-prefix", "What stands before the version in a tag.", "v");
        Prereleases = map.Texts("prereleases", "The legal words of a prerelease, such as rc in 1.2.3-rc.1.", "preview", "alpha", "beta", "rc");
        Manifests = map.Texts("manifests", "Files that must say the version, or file#key for a key in any JSON, YAML, TOML or Makefile.");
    }

    /// <summary>What stands before the version in a tag; may be empty.</summary>
    public string TagPrefix { get; }

    /// <summary>The legal first identifiers of a prerelease.</summary>
    public IReadOnlyList<string> Prereleases { get; }

    /// <summary>Files, or <c>file#key</c>, that must say the version.</summary>
    public IReadOnlyList<string> Manifests { get; }
}

/// <summary>The branches a release goes through.</summary>
public sealed record BranchPolicy
{
    internal BranchPolicy(PolicyMap map)
    {
        Production = map.Text("production", "The branch whose commits may be released.", "main");
        Release = map.Text("release", "The branch that a release is prepared on, and that is deleted afterwards. {version} is the version.", "release/{version}");
    }

    /// <summary>The branch whose commits may be released.</summary>
    public string Production { get; }

    /// <summary>The branch a release is prepared on, with <c>{version}</c> in it.</summary>
    public string Release { get; }
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
        Fallback = map.Words(
            "fallback", "Where notes come from, in this order, where the changelog has no section for the version; none refuses instead.", Sources, "commits");
        Labels = map.Map("labels", "What the labels of pull requests mean where notes are made from the commits.", m => new LabelPolicy(m));
    }

    /// <summary>The changelog's path, perhaps with <c>{version}</c> in it.</summary>
    public string Path { get; }

    /// <summary>The folder of fragments, or null.</summary>
    public string? Fragments { get; }

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
