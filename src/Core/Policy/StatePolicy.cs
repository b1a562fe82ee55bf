namespace ReleaseActions.Core.Policy;

/// <summary>A file in which a team records the state of its product.</summary>
public sealed class StatePolicy
{
    internal StatePolicy(PolicyMap map)
    {
        File = map.OptionalText(
            "file",
            "The YAML file with the state, such as state.yml; release-publish sets phase, version, last_release and last_activity.");
        if (File?.Split('/').Any(s => s is "" or "." or "..") == true)
            map.Reject("file", "Write the path from the repository's root, such as ops/state.yml, without a leading /, . and ..");
        Path = map.OptionalText(
            "path", "The dotted key of the mapping that holds them, such as products.till; the top of the file where absent.");
        Phase = map.Text("phase", "The value of phase after a stable release.", "production");
        Branch = map.OptionalText("branch", "The branch that the file is written on; the production branch where absent.");
    }

    /// <summary>The file, or null for none.</summary>
    public string? File { get; }

    /// <summary>The dotted key of its mapping, or null for the top.</summary>
    public string? Path { get; }

    /// <summary>The phase after a release.</summary>
    public string Phase { get; }

    /// <summary>The branch, or null for the production branch.</summary>
    public string? Branch { get; }
}
