using ReleaseActions.Core.Files;

namespace ReleaseActions.Core.Hosting;

/// <summary>The inputs that name the files of a release, the same in every action.</summary>
/// <param name="inputs">The inputs.</param>
/// <param name="otherwise">What is published where no input names a file; a sentence for the documentation.</param>
public sealed class FileInputs(Inputs inputs, string otherwise)
{
    // A file of that name is ./none.
    private const string None = "none";

    private readonly IReadOnlyList<string> _lines = inputs.Lines(
        "files",
        "The files to publish, one file or glob a line, such as dist/*.{deb,rpm}; path#label sets a label, and none means no files. "
            + otherwise);

    private readonly string _folder = inputs.OptionalText(
        "working-directory", "The folder that the lines of `files` are relative to. By default the workspace.") ?? ".";

    private readonly bool _failOnUnmatched = inputs.Flag(
        "fail-on-unmatched-files", "Whether a line of `files` that matches nothing is an error; otherwise it is a notice.", fallback: true);

    private readonly string? _hostRoot = inputs.Runner.HostWorkspace;

    /// <summary>Whether the step says that there are no files.</summary>
    public bool AreNone => _lines is [None];

    /// <summary>The files that the inputs name; where they name none, those of a policy.</summary>
    /// <param name="others">Globs, relative to the workspace.</param>
    public FileList Or(IReadOnlyList<string> others) => new(AreNone ? [] : _lines.Count > 0 ? _lines : others)
    {
        Folder = _lines.Count > 0 ? _folder : ".",
        HostRoot = _hostRoot,
        FailOnUnmatched = _failOnUnmatched,
    };
}
