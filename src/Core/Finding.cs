namespace ReleaseActions.Core;

/// <summary>One thing that is wrong, in two sentences: what (with the value), and what to do about it.</summary>
/// <param name="Message">What is wrong, with the offending value in single quotes. No full stop needed.</param>
/// <param name="Remedy">What the reader can do about it.</param>
/// <param name="File">The file it is about, relative to the workspace, or null.</param>
/// <param name="Line">The line in that file, counted from 1, or null.</param>
public sealed record Finding(string Message, string Remedy, string? File = null, int? Line = null);
