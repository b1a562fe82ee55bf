using ReleaseActions.Core;
using ReleaseActions.Core.Text;

namespace ReleaseActions.VersionValidate;

/// <summary>The result of one rule.</summary>
/// <param name="Rule">The rule's name, for the table and the output <c>findings</c>.</param>
/// <param name="Found">What was found, as Markdown.</param>
/// <param name="Refusal">What is wrong, or null where the rule is kept.</param>
internal sealed record RuleResult(string Rule, string Found, Finding? Refusal)
{
    /// <summary>How the program ends where the rule is broken.</summary>
    public ExitCode ExitCode { get; init; } = ExitCode.Refused;

    /// <summary>Whether the rule applies to the release itself, which is still to come.</summary>
    public bool IsLater { get; private init; }

    /// <summary>The sign in the table: kept, broken, for later, or not known.</summary>
    public string Sign => (Refusal, ExitCode) switch
    {
        (null, _) => IsLater ? "⏳" : "✅",
        (_, ExitCode.RemoteFailed) => "❔",
        _ => "❌",
    };

    public static RuleResult Kept(string rule, string found) => new(rule, found, null);

    public static RuleResult Broken(string rule, string message, string remedy, (string? File, int? Line) place = default) =>
        new(rule, "", new Finding(message, remedy, place.File, place.Line));

    /// <summary>The rule could not be checked, because a question had no answer.</summary>
    public static RuleResult Unknown(string rule, Finding trouble) => new(rule, "", trouble) { ExitCode = ExitCode.RemoteFailed };

    /// <summary>The same in a run that comes before the release: what is wrong now may be right then. What is not known stays.</summary>
    public RuleResult NotYet(bool isAhead) => !isAhead || Refusal is null || ExitCode != ExitCode.Refused ? this
        : new RuleResult(Rule, $"not yet: {Markdown.Text(Refusal.Message)}", null) { IsLater = true };
}
