using System.Text.RegularExpressions;
using Markdig.Syntax.Inlines;

namespace ReleaseActions.Rehearse;

/// <summary>
/// What GitHub links in notes although it is no Markdown: <c>#123</c>, <c>owner/name#123</c>, <c>@name</c> and commits. Code and links stay
/// what they are.
/// </summary>
/// <param name="server">The server's page, such as <c>https://github.com</c>.</param>
/// <param name="repository"><c>owner/name</c>.</param>
internal sealed partial class References(string server, string repository)
{
    private const int ShownOfCommit = 7;

    /// <summary>Puts links in the place of the references in a text.</summary>
    public void LinkIn(LiteralInline literal)
    {
        var text = literal.Content.ToString();
        if (IsInLink(literal)) return;
        Inline last = literal;
        var at = 0;
        foreach (Match match in Reference().Matches(text))
        {
            last = InsertAfter(last, new LiteralInline(text[at..match.Index]));
            last = InsertAfter(last, LinkOf(match));
            at = match.Index + match.Length;
        }

        if (at == 0) return;
        InsertAfter(last, new LiteralInline(text[at..]));
        literal.Remove();
    }

    private LinkInline LinkOf(Match match)
    {
        string Group(string name) => match.Groups[name].Value;
        var (address, shown) = match switch
        {
            _ when Group("number").Length > 0 =>
                ($"{server}/{(Group("other").Length > 0 ? Group("other") : repository)}/issues/{Group("number")}", match.Value),
            _ when Group("name").Length > 0 => ($"{server}/{Group("name")}", match.Value),
            _ => ($"{server}/{repository}/commit/{match.Value}", match.Value[..ShownOfCommit]),
        };
        var link = new LinkInline(address, "") { IsClosed = true };
        link.AppendChild(new LiteralInline(shown));
        return link;
    }

    private static Inline InsertAfter(Inline last, Inline next)
    {
        last.InsertAfter(next);
        return next;
    }

    private static bool IsInLink(Inline? inline)
    {
        for (; inline is not null; inline = inline.Parent)
            if (inline is LinkInline) return true;
        return false;
    }

    // A commit is a word of 7 to 40 hex digits with a digit in it; a name does not follow a letter, as in an address.
    [GeneratedRegex(
        @"(?<![\w/@.-])(?:(?<other>[A-Za-z0-9-]+/[A-Za-z0-9._-]+)?#(?<number>[0-9]{1,9})|@(?<name>[A-Za-z0-9](?:[A-Za-z0-9-]{0,38}))"
        + @"|(?<commit>(?=[a-f]*[0-9])[0-9a-f]{7,40}))(?![\w/-])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
