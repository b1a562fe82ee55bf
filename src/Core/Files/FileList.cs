namespace ReleaseActions.Core.Files;

/// <summary>The files to publish, as somebody names them: one file or glob a line, perhaps in quotes, perhaps with <c>#label</c>.</summary>
/// <param name="Lines">The lines.</param>
public sealed record FileList(IReadOnlyList<string> Lines)
{
    /// <summary>The folder that the lines are relative to; itself relative to the workspace.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>The workspace's path on the runner, which is another one in a container; null where nobody knows it.</summary>
    public string? HostRoot { get; init; }

    /// <summary>Whether a line that matches no file is an error.</summary>
    public bool FailOnUnmatched { get; init; } = true;
}

/// <summary>What a list of files leads to.</summary>
/// <param name="Files">The files, each once, in the order of the lines and then of their paths.</param>
/// <param name="Notices">What was omitted, and why, for log and summary.</param>
public sealed record FoundFiles(IReadOnlyList<PublishableFile> Files, IReadOnlyList<string> Notices);

/// <summary>A file that may be published: regular, inside the workspace, with a name no other one has.</summary>
/// <param name="Path">Relative to the workspace, with forward slashes.</param>
/// <param name="Name">What it is called on GitHub (<see cref="AssetName"/>).</param>
/// <param name="Size">In bytes.</param>
/// <param name="Label">What a reader sees in place of the name: as given, or the file's own name where GitHub has another; or null.</param>
public sealed record PublishableFile(string Path, string Name, long Size, string? Label);
