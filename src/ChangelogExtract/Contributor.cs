using System.Text.RegularExpressions;
using ReleaseActions.Core.Changelogs;

namespace ReleaseActions.ChangelogExtract;

/// <summary>Somebody whose work is in a release.</summary>
/// <param name="Name">The account as <c>@ada</c>, or the name where no account is known.</param>
/// <param name="IsFirstTime">Whether no earlier release has a commit of theirs.</param>
/// <param name="Pulls">The numbers of their pull requests.</param>
internal sealed partial record Contributor(string Name, bool IsFirstTime, IReadOnlyList<int> Pulls)
{
    /// <summary>As a line of the notes: <c>@ada made their first contribution (#12)</c>.</summary>
    public string Text
    {
        get
        {
            var pulls = Pulls.Count == 0 ? "" : $" ({string.Join(", ", Pulls.Select(p => $"#{p}"))})";
            return $"{Name}{(IsFirstTime ? " made their first contribution" : "")}{pulls}";
        }
    }

    /// <summary>
    /// The contributors, in the order of their first commit. Programs, whose accounts end with <c>[bot]</c>, are left out. Pure.
    /// </summary>
    /// <param name="commits">Newest first, with their pull requests where these are known.</param>
    /// <param name="earlier">The authors in the releases before; null for a first release, where nobody is marked.</param>
    public static IReadOnlyList<Contributor> Of(IReadOnlyList<Commit> commits, IReadOnlyCollection<Author>? earlier)
    {
        var accounts = Accounts(commits);
        var known = earlier is null ? null : Keys(earlier);
        Contributor From(string name, IReadOnlyList<(string Name, Author? Author, int? Pull)> work)
        {
            var isNew = known is not null && IsNew(name, [.. work.Select(w => w.Author).OfType<Author>()], known);
            return new Contributor(name, isNew, [.. work.Select(w => w.Pull).OfType<int>().Distinct().Order()]);
        }

        return [.. commits.Reverse().SelectMany(c => PeopleOf(c, accounts)).Where(p => p.Name.Length > 0 && !IsProgram(p.Name))
            .GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(g => From(g.Key, [.. g]))];
    }

    /// <summary>The accounts of addresses, as far as pull requests and hidden addresses identify them beyond doubt.</summary>
    public static IReadOnlyDictionary<string, string> Accounts(IReadOnlyList<Commit> commits)
    {
        var accounts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var commit in commits)
            if (AccountIn(commit.Email) is { } hidden) accounts.TryAdd(commit.Email, hidden);
        // Where several people wrote the commits of a pull request, it is unknown which of them opened it.
        var alone = commits.Where(c => c is { Pull.Author: { } opener, Parents.Count: < 2 } && !IsProgram(opener)).GroupBy(c => c.Pull!)
            .Where(p => p.Select(c => c.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count() == 1);
        foreach (var openers in alone.GroupBy(p => p.First().Email, p => p.Key.Author!, StringComparer.OrdinalIgnoreCase))
            if (openers.Distinct(StringComparer.OrdinalIgnoreCase).ToList() is [var account]) accounts.TryAdd(openers.Key, account);
        return accounts;
    }

    // A merge is written by the person who pressed the button; what counts is who opened the pull request.
    private static IEnumerable<(string Name, Author? Author, int? Pull)> PeopleOf(
        Commit commit, IReadOnlyDictionary<string, string> accounts)
    {
        var opener = commit.Pull?.Author;
        if (opener is not null) yield return ($"@{opener}", null, commit.Pull!.Number);
        if (commit.Parents.Count > 1) yield break;
        foreach (var author in AuthorsOf(commit))
        {
            var account = accounts.GetValueOrDefault(author.Email) ?? AccountIn(author.Email);
            var isOpener = account is not null && account.Equals(opener, StringComparison.OrdinalIgnoreCase);
            yield return (account is null ? author.Name : $"@{account}", author, isOpener ? commit.Pull!.Number : null);
        }
    }

    private static IEnumerable<Author> AuthorsOf(Commit commit)
    {
        var coAuthors = CoAuthor().Matches(commit.Body).Select(m => new Author(m.Groups["name"].Value, m.Groups["email"].Value));
        return [new(commit.Author, commit.Email), .. coAuthors];
    }

    private static bool IsProgram(string name) => name.EndsWith("[bot]", StringComparison.OrdinalIgnoreCase);

    // Of an account without a commit in this release, nothing is known.
    private static bool IsNew(string name, List<Author> authors, HashSet<string> known) =>
        authors.Count > 0 && !known.Contains(name) && !Keys(authors).Overlaps(known);

    private static HashSet<string> Keys(IEnumerable<Author> authors)
    {
        var keys = authors.SelectMany(a => new[] { a.Email, a.Name, AccountIn(a.Email) is { } account ? $"@{account}" : "" });
        return new HashSet<string>(keys.Where(k => k.Length > 0), StringComparer.OrdinalIgnoreCase);
    }

    // 1234+ada@users.noreply.github.com, the address that GitHub gives to people who hide theirs.
    private static string? AccountIn(string email) =>
        HiddenAddress().Match(email) is { Success: true } match ? match.Groups["account"].Value : null;

    [GeneratedRegex(@"^(?:\d+\+)?(?<account>[A-Za-z0-9-]+(?:\[bot\])?)@users\.noreply\.", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex HiddenAddress();

    private const string CoAuthorLine = @"^Co-authored-by:[ \t]{0,9}(?<name>[^<\r\n]{1,200}?)[ \t]{0,9}<(?<email>[^>\r\n]{1,250})>";

    [GeneratedRegex(CoAuthorLine, RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CoAuthor();
}

/// <summary>A person in a commit.</summary>
/// <param name="Name">The name.</param>
/// <param name="Email">The address.</param>
internal sealed record Author(string Name, string Email);
