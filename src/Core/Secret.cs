namespace ReleaseActions.Core;

/// <summary>A value that must never be printed. Its text form is <c>***</c>; only edges that sign in read <see cref="Reveal"/>.</summary>
public sealed class Secret(string value)
{
    /// <summary>The secret itself, for an HTTP header, a standard input or a child's environment; never for an argument list.</summary>
    public string Reveal() => value;

    /// <inheritdoc/>
    public override string ToString() => "***";
}
