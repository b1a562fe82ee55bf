using ReleaseActions.Core.Text;

namespace ReleaseActions.Core.Versions;

/// <summary>
/// The inputs that request a recovery release: <c>recovery-release</c>, <c>recovery-issue</c>, <c>recovery-reason</c> and
/// <c>recovery-confirmation</c>. They mean the same in each action that has them. Pure.
/// </summary>
/// <param name="IsAsked">Whether <c>recovery-release</c> is true.</param>
/// <param name="Issue">The issue's number, with or without <c>#</c>; null where it was not given.</param>
/// <param name="Reason">Why rerunning the failed release is not enough; null where it was not given.</param>
/// <param name="Confirmation">The confirmation; null where it was not given.</param>
public sealed record RecoveryRequest(bool IsAsked, string? Issue, string? Reason, string? Confirmation)
{
    private const string IssueKey = "recovery-issue: #";

    /// <summary>The line of an annotated tag's message that requests a recovery release.</summary>
    public static string AskedLine => "recovery-release: true";

    /// <summary>The exact confirmation.</summary>
    public static string Phrase(ReleaseVersion version) => $"RECOVERY {version}";

    /// <summary>The line of an annotated tag's message that confirms the version.</summary>
    public static string ConfirmationLine(ReleaseVersion version) => $"recovery-confirmation: {Phrase(version)}";

    /// <summary>Whether a line of an annotated tag's message names an issue.</summary>
    public static bool IsIssueLine(string line) =>
        line.StartsWith(IssueKey, StringComparison.Ordinal) && NumberOf(line[(IssueKey.Length - 1)..]) is not null;

    /// <summary>The lines for the message of the version's annotated tag, where every input is valid.</summary>
    public IReadOnlyList<string> TagLines(ReleaseVersion version) =>
        [AskedLine, $"{IssueKey}{IssueNumber}", $"recovery-reason: {Reason}", ConfirmationLine(version)];

    /// <summary>The issue's number alone; null where the input is not one.</summary>
    public string? IssueNumber => NumberOf(Issue);

    /// <summary>The four things that a recovery release needs.</summary>
    /// <returns>Of each its name, such as <c>issue</c>; what was found, as Markdown; and what is wrong with it, or null.</returns>
    public IReadOnlyList<(string Name, string Found, Finding? Wrong)> TermsOf(ReleaseVersion version) =>
    [
        Term("requested", IsAsked ? "`recovery-release` is true" : null,
            $"{version} is a recovery release, and `recovery-release` is not true",
            "Set it, once a maintainer has approved the recovery in an issue"),
        Term("issue", IssueNumber is { } number ? $"\\#{number}" : null,
            $"`recovery-issue` is '{Issue ?? ""}', which is not the number of an issue",
            "Give the number of the issue that approves the recovery, such as 123"),
        Term("reason", Reason is { } reason ? Markdown.Text(reason) : null,
            "`recovery-reason` is empty",
            "Say why rerunning the failed release is not enough"),
        Term("confirmation", Confirmation == Phrase(version) ? Markdown.Code(Phrase(version)) : null,
            $"`recovery-confirmation` is '{Confirmation ?? ""}'",
            $"Give exactly: {Phrase(version)}"),
    ];

    /// <summary>What is wrong where a recovery release is requested, and the version is not one.</summary>
    /// <param name="version">The version.</param>
    /// <param name="words">The policy's <c>version.recovery</c>.</param>
    /// <param name="scheme">How versions are written.</param>
    public static Finding NotOne(ReleaseVersion version, IReadOnlyList<string> words, VersionScheme scheme) => new(
        $"`recovery-release` is true, and {version} is not a recovery release",
        words.Count == 0
            ? scheme.HasBareWords ? "Omit the input, or list words under `version.recovery` of the policy"
                : $"Omit the input: {scheme.Name} has no recovery releases, because a word always has a number there"
            : $"Omit the input, or give a version such as {scheme.WithLabel(scheme.Example, words[0], 1)}");

    private static (string, string, Finding?) Term(string name, string? found, string message, string remedy) =>
        (name, found ?? "", found is null ? new Finding(message, remedy) : null);

    private static string? NumberOf(string? text) =>
        text?.TrimStart('#') is { Length: > 0 and <= 10 } number && number.All(char.IsAsciiDigit) && number[0] != '0' ? number : null;
}
