namespace ReleaseActions.Conformance;

/// <summary>
/// One thing that the suite believes of GitHub: a request, the state before it, and the answer. In all texts <c>{name}</c> stands for a
/// value of the <see cref="Scene"/>, such as <c>{tag}</c>, which is new for each belief.
/// </summary>
/// <param name="Id">Its name, for reports.</param>
/// <param name="Before">The states before, made one after another: names of <see cref="Scene"/>, with spaces between them.</param>
/// <param name="Request">
/// Method, a space, and the path below the repository's address; <c>upload:</c> before the path goes to the upload host.
/// </param>
/// <param name="Body">The JSON that is sent, or the bytes of an upload; null for none.</param>
/// <param name="Answer">
/// The status, then conditions: <c>name.0.name=value</c> and <c>name~part</c> of the JSON, <c>header:Name~part</c>, <c>text~part</c>.
/// </param>
/// <param name="Source">Where it is from: <c>docs</c>, <c>openapi</c>, <c>issues</c> (public reports), or <c>unconfirmed</c>.</param>
public sealed record Belief(string Id, string Before, string Request, string? Body, string[] Answer, string Source)
{
    /// <summary>What it needs that not every repository has; null for nothing.</summary>
    public string? Needs { get; init; }

    /// <summary>The headers that differ: with a value, or removed where that is empty.</summary>
    public (string Name, string Value)? Header { get; init; }

    /// <summary>Why it cannot be replayed; null where it can.</summary>
    public string? Untestable { get; init; }

    /// <summary>A belief that nothing can replay.</summary>
    public static Belief That(string id, string what, string why, string source) =>
        new(id, "", what, null, [], source) { Untestable = why };
}
