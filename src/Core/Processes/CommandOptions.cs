using System.Text;

namespace ReleaseActions.Core.Processes;

/// <summary>How a program is started.</summary>
public sealed record CommandOptions
{
    /// <summary>The folder it runs in; the workspace where null.</summary>
    public string? Folder { get; init; }

    /// <summary>Variables on top of what every program gets. Inputs (<c>INPUT_*</c>) are never passed on.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether <see cref="Environment"/> is all that it gets, and nothing of this program's own.</summary>
    public bool IsWholeEnvironment { get; init; }

    /// <summary>What it reads on standard input; nothing where null. The way to hand over a secret.</summary>
    public string? StandardInput { get; init; }

    /// <summary>Whether a secret is handed over that way. Any other input is checked for secrets: it may be published.</summary>
    public bool InputIsSecret { get; init; }

    /// <summary>How its bytes and text belong together, read and written; UTF-8 where null.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>The longest it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The most it may print on standard output or on standard error, in bytes, where nobody watches its lines.</summary>
    public int MostOutput { get; init; } = 64 * 1024 * 1024;

    /// <summary>Called for each line it prints, while it runs; null where nobody watches.</summary>
    public Action<string>? OnLine { get; init; }
}
