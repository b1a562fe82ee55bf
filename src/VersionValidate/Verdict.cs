using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

/// <summary>One rule of the policy held against the facts.</summary>
/// <param name="Rule">The rule's name, for the table and the findings output.</param>
/// <param name="Found">What was found, as Markdown.</param>
/// <param name="Finding">What is wrong, or null where the rule is kept.</param>
internal sealed record Verdict(string Rule, string Found, Finding? Finding)
{
    /// <summary>How the program ends where the rule is broken.</summary>
    public ExitCode Cause { get; init; } = ExitCode.Refused;

    /// <summary>Whether the rule is for the release itself, and this run comes before it.</summary>
    public bool IsLater { get; private init; }

    /// <summary>What a reader of the table sees first: kept, broken, for later, or not to be told.</summary>
    public string Sign => (Finding, Cause) switch
    {
        (null, _) => IsLater ? "⏳" : "✅",
        (_, ExitCode.RemoteFailed) => "❔",
        _ => "❌",
    };

    public static Verdict Kept(string rule, string found) => new(rule, found, null);

    public static Verdict Broken(string rule, string message, string remedy, (string? File, int? Line) place = default) =>
        new(rule, "", new Finding(message, remedy, place.File, place.Line));

    /// <summary>The rule could not be held against the facts, because a question had no answer.</summary>
    public static Verdict Unknown(string rule, Finding trouble) => new(rule, "", trouble) { Cause = ExitCode.RemoteFailed };

    /// <summary>The same rule in a run that comes before the release: what is wrong now need not be wrong then. What nobody could tell stays.</summary>
    public Verdict NotYet() => Finding is null || Cause != ExitCode.Refused ? this : new Verdict(Rule, $"not yet: {Markdown.Text(Finding.Message)}", null) { IsLater = true };
}
