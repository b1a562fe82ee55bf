using ReleaseActions.Core.Files;

namespace ReleaseActions.Core.Hosting;

/// <summary>The inputs that name the files of a release, the same in every action.</summary>
public sealed class FileInputs
{
    // A file of that name is ./none.
    private const string None = "none";

    private readonly FileList _given;

    /// <summary>Declares and reads them.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <param name="otherwise">What is published where no input names a file; a sentence for the documentation.</param>
    public FileInputs(Inputs inputs, string otherwise)
    {
        var lines = inputs.Lines(
            "files",
            "The files to publish, one file or glob a line, such as dist/*.{deb,rpm}; path#label sets a label, and none means no files. "
                + otherwise);
        var folder = inputs.OptionalText(
            "working-directory", "The folder that the lines of `files` are relative to. By default the workspace.");
        var fails = inputs.Flag(
            "fail-on-unmatched-files",
            "Whether a line of `files` that matches nothing is an error; otherwise it is a notice.",
            fallback: true);
        // The policy's globs are relative to the workspace.
        if (folder is not null && lines.Count == 0)
            inputs.Reject("The input 'working-directory' is given without `files`", "Set `files`, or omit it");
        _given = new FileList(lines) { Folder = folder ?? ".", FailOnUnmatched = fails, HostRoot = inputs.Runner.HostWorkspace };
    }

    /// <summary>Whether the step says that there are no files.</summary>
    public bool AreNone => _given.Lines is [None];

    /// <summary>The files that the inputs name; where they name none, those of a policy.</summary>
    /// <param name="others">Globs, relative to the workspace.</param>
    public FileList Or(IReadOnlyList<string> others) =>
        AreNone ? _given with { Lines = [] } : _given.Lines.Count > 0 ? _given : _given with { Lines = others, Folder = "." };
}
