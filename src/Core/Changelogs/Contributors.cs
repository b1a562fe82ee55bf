using System.Text.RegularExpressions;

namespace ReleaseActions.Core.Changelogs;

/// <summary>Somebody whose work is in a release.</summary>
/// <param name="Name">The account as <c>@ada</c>, or the name where no account is known.</param>
/// <param name="IsFirstTime">Whether nothing of theirs was in a release before.</param>
/// <param name="Pulls">The numbers of their pull requests.</param>
public sealed record Contributor(string Name, bool IsFirstTime, IReadOnlyList<int> Pulls)
{
    /// <summary>As a line of the notes: <c>@ada made their first contribution (#12)</c>.</summary>
    public string Text => $"{Name}{(IsFirstTime ? " made their first contribution" : "")}{(Pulls.Count == 0 ? "" : $" ({string.Join(", ", Pulls.Select(p => $"#{p}"))})")}";
}

/// <summary>Finds who contributed. Pure. Programs, whose accounts end with <c>[bot]</c>, are left out.</summary>
public static partial class Contributors
{
    /// <summary>The contributors, in the order of their first commit.</summary>
    /// <param name="commits">Newest first, with their pull requests where these are known.</param>
    /// <param name="earlier">Who has commits in the releases before; null for a first release, where nobody is marked.</param>
    public static IReadOnlyList<Contributor> Of(IReadOnlyList<Commit> commits, IReadOnlyCollection<Author>? earlier)
    {
        var accounts = Accounts(commits);
        var known = earlier is null ? null : Keys(earlier);
        var people = commits.Reverse().SelectMany(c => PeopleOf(c, accounts)).Where(p => p.Name.Length > 0 && !IsProgram(p.Name))
            .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase);
        return [.. people.Select(g => new Contributor(g.Key, known is not null && IsNew(g.Key, [.. g.Select(p => p.Author).OfType<Author>()], known), [.. g.Select(p => p.Pull).OfType<int>().Distinct().Order()]))];
    }

    /// <summary>The accounts behind addresses, as far as pull requests and hidden addresses tell them beyond doubt.</summary>
    internal static IReadOnlyDictionary<string, string> Accounts(IReadOnlyList<Commit> commits)
    {
        var accounts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var author in commits.Select(c => new Author(c.Author, c.Email)).Where(a => AccountIn(a) is not null)) accounts.TryAdd(author.Email, AccountIn(author)!);
        // Where several wrote the commits of a pull request, nobody knows which of them opened it.
        var alone = commits.Where(c => c is { Pull.Author: { } opener, Parents.Count: < 2 } && !IsProgram(opener)).GroupBy(c => c.Pull!)
            .Where(p => p.Select(c => c.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1);
        foreach (var byEmail in alone.GroupBy(p => p.First().Email, p => p.Key.Author!, StringComparer.OrdinalIgnoreCase))
            if (byEmail.Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var account]) accounts.TryAdd(byEmail.Key, account);
        return accounts;
    }

    // A merge is written by whoever pressed the button; what counts is who opened the pull request.
    private static IEnumerable<(string Name, Author? Author, int? Pull)> PeopleOf(Commit commit, IReadOnlyDictionary<string, string> accounts)
    {
        var opener = commit.Pull?.Author;
        if (opener is not null) yield return ($"@{opener}", null, commit.Pull!.Number);
        if (commit.Parents.Count > 1) yield break;
        foreach (var author in CoAuthor().Matches(commit.Body).Select(m => new Author(m.Groups["name"].Value, m.Groups["email"].Value)).Prepend(new Author(commit.Author, commit.Email)))
        {
            var account = accounts.GetValueOrDefault(author.Email) ?? AccountIn(author);
            yield return (account is null ? author.Name : $"@{account}", author, account is not null && account.Equals(opener, StringComparison.OrdinalIgnoreCase) ? commit.Pull!.Number : null);
        }
    }

    private static bool IsProgram(string name) => name.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase);

    // Of an account without a commit of its own nothing is known.
    private static bool IsNew(string name, List<Author> authors, HashSet<string> known) => authors.Count > 0 && !known.Contains(name) && !Keys(authors).Overlaps(known);

    private static HashSet<string> Keys(IEnumerable<Author> authors) =>
        new(authors.SelectMany(a => new[] { a.Email, a.Name, AccountIn(a) is { } account ? $"@{account}" : "" }).Where(k => k.Length > 0), StringComparer.OrdinalIgnoreCase);

    // 1234+ada@users.noreply.github.com, the address that GitHub gives to those who hide theirs.
    private static string? AccountIn(Author author) => HiddenAddress().Match(author.Email) is { Success: true } match ? match.Groups["account"].Value : null;

    [GeneratedRegex(@"^(?:\d+\+)?(?<account>[A-Za-z0-9-]+(?:\[bot\])?)@users\.noreply\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HiddenAddress();

    [GeneratedRegex(@"^Co-authored-by:[ \t]*(?<name>[^<\r\n]{1,200}?)[ \t]*<(?<email>[^>\r\n]{1,250})>", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CoAuthor();
}
