using System.Globalization;

namespace ReleaseActions.Sandbox.Git;

/// <summary>Reads <c>git diff-tree -z --raw --numstat</c>: first all raw records, then all counts, in the same order.</summary>
internal static class DiffTree
{
    public static GitChange[] Parse(string output)
    {
        var fields = new Queue<string>(output.Split('\0', StringSplitOptions.RemoveEmptyEntries));
        var changes = new List<GitChange>();
        while (fields.TryPeek(out var next) && next.StartsWith(':'))
            changes.Add(Raw(fields));
        return [.. changes.Select(change => WithCounts(change, fields))];
    }

    // :100644 100644 <sha> <sha> R100 NUL old NUL new
    private static GitChange Raw(Queue<string> fields)
    {
        var part = fields.Dequeue().Split(' ');
        var path = fields.Dequeue();
        var isMove = part[4][0] is 'R' or 'C';
        var status = part[4][0] switch
        {
            'A' => "added",
            'D' => "removed",
            'R' => "renamed",
            'C' => "copied",
            'T' => "changed",
            _ => "modified",
        };
        return new GitChange(isMove ? fields.Dequeue() : path, isMove ? path : null, status, status == "removed" ? part[2] : part[3], 0, 0);
    }

    // 1 TAB 2 TAB path, or 1 TAB 2 TAB NUL old NUL new; a dash for binary files
    private static GitChange WithCounts(GitChange change, Queue<string> fields)
    {
        var part = fields.Dequeue().Split('\t');
        if (change.PreviousPath is not null)
            (_, _) = (fields.Dequeue(), fields.Dequeue());
        return change with { Additions = Count(part[0]), Deletions = Count(part[1]) };
    }

    private static int Count(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var count) ? count : 0;
}
