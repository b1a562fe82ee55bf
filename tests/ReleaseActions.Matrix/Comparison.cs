using System.Globalization;
using System.Text.RegularExpressions;

namespace ReleaseActions.Matrix;

/// <summary>Compares the project's list of guarantees with the acceptance documents that it summarises. Pure.</summary>
public static partial class Comparison
{
    /// <summary>The differences, one a line; empty where the list and the documents agree.</summary>
    /// <param name="guarantees">The project's list.</param>
    /// <param name="documents">The documents' text; rows and rules are lines of their tables, <c>| F01 | … |</c>.</param>
    /// <remarks>
    /// The list says things in fewer words, so texts are compared by their numbers. A mark in the documents that the list lacks is no
    /// difference: the project removes it when it completes the guarantee.
    /// </remarks>
    public static IReadOnlyList<string> Differences(IReadOnlyList<Guarantee> guarantees, string documents)
    {
        var documented = TableRow().Matches(documents).Select(m => Guarantee.Of(m.Groups["id"].Value, m.Groups["text"].Value)).ToList();
        var ours = guarantees.ToDictionary(g => g.Id, StringComparer.Ordinal);
        var theirs = documented.ToDictionary(g => g.Id, StringComparer.Ordinal);
        return
        [
            .. documented.Where(g => !ours.ContainsKey(g.Id)).Select(g => $"{g.Id} is missing in guarantees.txt: {g.Meaning}"),
            .. guarantees.Where(g => !theirs.ContainsKey(g.Id)).Select(g => $"{g.Id} is in guarantees.txt only: {g.Meaning}"),
            .. guarantees.Where(g => theirs.ContainsKey(g.Id)).SelectMany(g => DifferencesOf(g, theirs[g.Id])),
        ];
    }

    private static IEnumerable<string> DifferencesOf(Guarantee ours, Guarantee documented)
    {
        if (ours.Missing is not null && documented.Missing is null) yield return $"{ours.Id} has a {Guarantee.Mark} in guarantees.txt only";
        var documentedNumbers = NumbersOf(documented).ToHashSet(StringComparer.Ordinal);
        foreach (var number in NumbersOf(ours).Where(n => !documentedNumbers.Contains(n)))
            yield return string.Create(CultureInfo.InvariantCulture, $"{ours.Id} says {number}, which its full text does not");
    }

    private static IEnumerable<string> NumbersOf(Guarantee guarantee) =>
        Number().Matches($"{guarantee.Meaning} {guarantee.Missing}").Select(m => m.Value);

    [GeneratedRegex(@"^\| (?<id>[FLBS]\d+|[A-Z]{3}-\d\d) \| (?<text>.+) \|\s*$", RegexOptions.Multiline)]
    private static partial Regex TableRow();

    [GeneratedRegex(@"\d+([.,]\d+)*")]
    private static partial Regex Number();
}
