using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// What a person types to have a recovery release by hand: the inputs <c>recovery-release</c>, <c>recovery-issue</c>, <c>recovery-reason</c>
/// and <c>recovery-confirmation</c>, which mean the same in each action that asks for them. Pure.
/// </summary>
/// <param name="IsAsked">Whether <c>recovery-release</c> is true.</param>
/// <param name="Issue">The issue's number, with or without <c>#</c>; null where it was not given.</param>
/// <param name="Reason">Why running the failed release again is not enough; null where it was not given.</param>
/// <param name="Confirmation">What was typed to confirm; null where nothing was.</param>
public sealed record RecoveryRequest(bool IsAsked, string? Issue, string? Reason, string? Confirmation)
{
    private const string IssueTerm = "recovery-issue: #";

    /// <summary>The line of an annotated tag's message that asks for a recovery release.</summary>
    public static string AskedLine => "recovery-release: true";

    /// <summary>The words to type, to the letter.</summary>
    public static string Phrase(SemanticVersion version) => $"RECOVERY {version}";

    /// <summary>The line of an annotated tag's message that confirms the version.</summary>
    public static string ConfirmationLine(SemanticVersion version) => $"recovery-confirmation: {Phrase(version)}";

    /// <summary>Whether a line of an annotated tag's message names an issue.</summary>
    public static bool IsIssueLine(string line) => line.StartsWith(IssueTerm, StringComparison.Ordinal) && NumberOf(line[(IssueTerm.Length - 1)..]) is not null;

    /// <summary>The lines that the annotated tag of a version has in its message, where everything was typed as it must be.</summary>
    public IReadOnlyList<string> TagLines(SemanticVersion version) => [AskedLine, $"{IssueTerm}{IssueNumber}", $"recovery-reason: {Reason}", ConfirmationLine(version)];

    /// <summary>The issue's number alone; null where what was typed is none.</summary>
    public string? IssueNumber => NumberOf(Issue);

    /// <summary>The four things that a recovery release takes, each with what is wrong with it.</summary>
    public IReadOnlyList<RecoveryTerm> TermsOf(SemanticVersion version) =>
    [
        IsAsked ? new RecoveryTerm("asked for", "`recovery-release` is true")
            : new RecoveryTerm("asked for", "", new Finding($"{version} is a recovery release, and `recovery-release` is not true", "Set it, once a maintainer has approved the recovery in an issue")),
        IssueNumber is { } number ? new RecoveryTerm("issue", $"\\#{number}")
            : new RecoveryTerm("issue", "", new Finding($"`recovery-issue` is '{Issue ?? ""}', which is no number of an issue", "Give the number of the issue that approves the recovery, such as 123")),
        Reason is { } reason ? new RecoveryTerm("reason", Markdown.Text(reason))
            : new RecoveryTerm("reason", "", new Finding("`recovery-reason` is empty", "Say why running the failed release again is not enough")),
        Confirmation == Phrase(version) ? new RecoveryTerm("confirmation", Markdown.Code(Phrase(version)))
            : new RecoveryTerm("confirmation", "", new Finding($"`recovery-confirmation` is '{Confirmation ?? ""}'", $"Type it to the letter: {Phrase(version)}")),
    ];

    /// <summary>What is wrong where a recovery release is asked for, and the version is none.</summary>
    /// <param name="version">The version.</param>
    /// <param name="words">The policy's words of recovery releases.</param>
    public static Finding NotOne(SemanticVersion version, IReadOnlyList<string> words) => new(
        $"`recovery-release` is true, and {version} is no recovery release",
        words.Count == 0 ? "Leave the input away, or list words under `version.recovery` of the policy" : $"Leave the input away, or give a version such as 1.2.3-{words[0]}.1");

    private static string? NumberOf(string? text) =>
        text?.TrimStart('#') is { Length: > 0 and <= 10 } number && number.All(char.IsAsciiDigit) && number[0] != '0' ? number : null;
}

/// <summary>One thing that a recovery release takes.</summary>
/// <param name="Name">What it is called, such as <c>issue</c>.</param>
/// <param name="Found">What was typed, as Markdown; empty where something is wrong with it.</param>
/// <param name="Wrong">What is wrong with it, or null.</param>
public sealed record RecoveryTerm(string Name, string Found, Finding? Wrong = null);
