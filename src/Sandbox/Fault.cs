using System.Text.RegularExpressions;

namespace ReleaseActions.Sandbox;

/// <summary>Something that goes wrong for some requests.</summary>
/// <param name="Method">The HTTP method, or <c>*</c>.</param>
/// <param name="Path">The end of the path: <c>*</c> is one segment, <c>**</c> any number, e.g. <c>releases/*/assets</c>.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How often.</param>
/// <param name="Skip">How many matching requests pass first.</param>
public sealed record Fault(string Method, string Path, FaultKind Kind, int Times = 1, int Skip = 0)
{
    private readonly Regex _pattern = new("(^|/)" + Regex.Escape(Path)
        .Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]+", StringComparison.Ordinal) + "/?$");

    internal bool Fits(string method, string path) => (Method == "*" || Method == method) && _pattern.IsMatch(path);
}
