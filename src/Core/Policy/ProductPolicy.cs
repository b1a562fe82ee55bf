namespace ReleaseActions.Core.Policy;

/// <summary>One product of a repository that holds several. What it does not say, the keys outside <c>products</c> say.</summary>
public sealed record ProductPolicy
{
    internal ProductPolicy(PolicyMap map)
    {
        Name = map.RequiredText("name", "The product's name, such as billing.");
        TagPrefix = map.OptionalText("tag-prefix", "What stands before the version in its tags; NAME/v where absent.") ?? $"{Name}/v";
        Manifests = map.Texts("manifests", "Files that must say its version, or file#key.");
        Changelog = map.OptionalText("changelog", "Its changelog; the repository's, and there the sections that name it, where absent.");
        ReleaseBranch = map.OptionalText("release-branch", "The branch its release is prepared on; {version} is the version. release/NAME/v{version} where absent.") ?? $"release/{Name}/v{{version}}";
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What stands before the version in its tags.</summary>
    public string TagPrefix { get; }

    /// <summary>Files, or <c>file#key</c>, that must say its version.</summary>
    public IReadOnlyList<string> Manifests { get; }

    /// <summary>Its changelog, or null for the repository's.</summary>
    public string? Changelog { get; }

    /// <summary>The branch its release is prepared on, with <c>{version}</c> in it.</summary>
    public string ReleaseBranch { get; }
}
