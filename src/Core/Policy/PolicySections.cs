namespace ReleaseActions.Core.Policy;

/// <summary>The branches a release goes through.</summary>
public sealed class BranchPolicy(PolicyMap map)
{
    /// <summary>The branch whose commits may be released.</summary>
    public string Production { get; } = map.Text("production", "The branch whose commits may be released.", "main");

    /// <summary>Whether the released commit must be the branch's last one.</summary>
    public bool TipOnly { get; } = map.Flag("tip-only", "The commit must be the production branch's last one.", false);

    /// <summary>The branch a release is prepared on, with <c>{version}</c> or <c>{tag}</c> in it.</summary>
    public string Release { get; } = map.Text("release",
        "The branch that a release is prepared on, and that is deleted afterwards. {version} is the version, {tag} its tag.",
        "release/{version}");

    /// <summary>The same with <c>{version}</c> only: a pattern for <see cref="Versions.VersionPattern"/>.</summary>
    /// <param name="tagPrefix">The part of a tag before the version.</param>
    public string ReleasePattern(string tagPrefix) => Release.Replace("{tag}", $"{tagPrefix}{{version}}", StringComparison.Ordinal);
}

/// <summary>Where the release notes come from.</summary>
public sealed class ChangelogPolicy(PolicyMap map)
{
    /// <summary>The legal words of <see cref="Fallback"/>.</summary>
    public static readonly IReadOnlyList<string> Sources = ["none", "unreleased", "command", "commits", "generated"];

    /// <summary>The changelog's path, perhaps with <c>{version}</c> in it.</summary>
    public string Path { get; } = map.Text(
        "path", "The changelog. With {version} in it, a file per version, such as releases/{version}.md.", "CHANGELOG.md");

    /// <summary>The folder of fragments, or null.</summary>
    public string? Fragments { get; } = map.OptionalText("fragments",
        "A folder with one file for each change, such as changes/123.fixed.md; read where the changelog has no section for the version.");

    /// <summary>Whether a version needs a section.</summary>
    public bool Required { get; } = map.Flag("required", "The changelog must have a section for the version that is not empty.", false);

    /// <summary>Whether a section needs a compare link.</summary>
    public bool CompareLinks { get; } = map.Flag(
        "compare-links", "The section must have a compare link that starts at the previous release's tag.", false);

    /// <summary>Words of <see cref="Sources"/>, first to last; null where the policy does not say.</summary>
    public IReadOnlyList<string>? Fallback { get; } = map.OptionalWords("fallback",
        "Where notes come from, in this order, where the changelog has no section for the version; none refuses instead. If absent, the "
        + "commits are used where there is no changelog at all, and a changelog without a section is refused.", Sources);

    /// <summary>What labels mean.</summary>
    public LabelPolicy Labels { get; } = map.Map(
        "labels", "What the labels of pull requests mean where notes are made from the commits.", m => new LabelPolicy(m));
}

/// <summary>One image of a release: built from a Dockerfile, or read from an archive that another build system made.</summary>
public sealed class ImagePolicy(PolicyMap map)
{
    /// <summary>The name after the registry, or a whole reference.</summary>
    public string Name { get; } = map.RequiredText(
        "name", "The image's name, put after the registry; or a whole reference with its own registry.");

    /// <summary>The build context.</summary>
    public string Context { get; } = map.Text("context", "The folder that docker builds from.", ".");

    /// <summary>The Dockerfile, relative to the context.</summary>
    public string Dockerfile { get; } = map.Text("dockerfile", "The Dockerfile, relative to the context.", "Dockerfile");

    /// <summary>The stage, or null for the last.</summary>
    public string? Target { get; } = map.OptionalText("target", "The stage to build; the last one where absent.");

    /// <summary><c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> BuildArguments { get; } = map.Texts(
        "build-args", "Build arguments, as NAME=value. {version} is the version.");

    /// <summary>Platforms; empty for the builder's own.</summary>
    public IReadOnlyList<string> Platforms { get; } = map.Texts("platforms", "The platforms to build for, such as linux/amd64.");

    /// <summary>The archive, or null where the image is built.</summary>
    public string? Archive { get; } = map.OptionalText(
        "archive", "An image archive made by docker save, Nix or an OCI tool; pushed unchanged, without docker.");

    /// <summary>A manifest, or <c>file#key</c>, or null.</summary>
    public string? VersionFrom { get; } = map.OptionalText(
        "version-from", "The manifest with the component's own version, as in manifests; it becomes a label and never changes the tag.");

    /// <summary><c>name=value</c> each.</summary>
    public IReadOnlyList<string> Labels { get; } = map.Texts("labels", "Further labels, as name=value.");
}

/// <summary>The files of a release, and the files made from them.</summary>
public sealed class ArtifactPolicy(PolicyMap map)
{
    /// <summary>Globs of the files to publish.</summary>
    public IReadOnlyList<string> Files { get; } = map.Texts("files", "Globs of the files that are published, such as dist/*.tgz.");

    /// <summary>Where the made files go, relative to the workspace.</summary>
    public string Folder { get; } = map.Text(
        "folder", "Where checksums.txt, sbom.json and the signatures are written.", "release-artifacts");

    /// <summary>Where the notes go that are taken from the changelog, unless an input names another file.</summary>
    public string NotesFile => $"{Folder.TrimEnd('/')}/notes.md";

    /// <summary>Lock files; empty for those found.</summary>
    public IReadOnlyList<string> Lockfiles { get; } = map.Texts(
        "lockfiles", "The lock files that the SBOM is read from; those found in the workspace where absent.");

    /// <summary>The signature bundle's name, without a folder.</summary>
    public string BundleName { get; } = map.Text(
        "bundle-name", "The name of the signature bundle of checksums.txt.", "checksums.txt.sigstore.json");
}
