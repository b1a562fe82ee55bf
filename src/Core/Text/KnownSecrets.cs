using System.Buffers;
using System.Text;

namespace ReleaseActions.Core.Text;

/// <summary>The secrets of a run: hidden in the log, refused in everything else that leaves the program, never replaced there.</summary>
public sealed class KnownSecrets
{
    // What a text that was shortened ends with.
    private const char Cut = '…';
    private const int LeastOfABeginning = 4;

    private readonly Lock _lock = new();
    private IReadOnlyList<string> _hidden = [];
    private HashSet<string> _refused = new(StringComparer.Ordinal);
    private SearchValues<string>? _search;
    private byte[][] _bytes = [];

    /// <summary>Adds a secret.</summary>
    /// <returns>The texts by which it is recognised, and that no earlier one had.</returns>
    public IReadOnlyList<string> Add(Secret secret)
    {
        lock (_lock)
        {
            var forms = SecretForms.Of(secret).Except(_hidden).ToList();
            // The longest first: where one secret is the beginning of another, the rest of the longer one must not stay.
            _hidden = [.. _hidden.Concat(forms).Concat(SecretForms.Spelled(secret)).Distinct().OrderByDescending(f => f.Length)];
            Refuse([.. _refused, .. SecretForms.Refused(secret).Select(Condensed)]);
            return forms;
        }
    }

    /// <summary>Lets a text pass that is public although a secret has a part of it: the file of a key has its public half.</summary>
    public void Allow(string text)
    {
        var allowed = Condensed(text);
        lock (_lock) Refuse([.. _refused.Where(form => !allowed.Contains(form, StringComparison.Ordinal))]);
    }

    /// <summary>Replaces every secret by <c>***</c>: for the log alone.</summary>
    public string Redact(string text)
    {
        lock (_lock)
        {
            foreach (var secret in _hidden) text = text.Replace(secret, "***", StringComparison.Ordinal);
            for (var at = text.IndexOf(Cut); at >= 0; at = text.IndexOf(Cut, at + 1))
            {
                var cut = _hidden.Select(secret => BeginningAt(text.AsSpan(0, at), secret)).DefaultIfEmpty().Max();
                if (cut == 0) continue;
                text = $"{text[..(at - cut)]}***{text[at..]}";
                at += 3 - cut;
            }
        }

        return text;
    }

    // How much of a secret a text ends with, where it was shortened in the middle of one.
    private static int BeginningAt(ReadOnlySpan<char> text, string secret)
    {
        for (var length = Math.Min(secret.Length - 1, text.Length); length >= LeastOfABeginning; length--)
            if (text.EndsWith(secret.AsSpan(0, length))) return length;
        return 0;
    }

    /// <summary>Refuses a text that has a secret in it, in any form that <see cref="SecretForms"/> knows.</summary>
    /// <param name="text">What is about to leave the program.</param>
    /// <param name="place">Where to, as the beginning of a sentence: <c>The output 'notes'</c>.</param>
    /// <exception cref="ActionException">It has one (exit 3). The message does not contain it.</exception>
    public void Refuse(string text, string place)
    {
        if (!IsIn(text)) return;
        throw ActionException.Refused(
            $"{place} would have a secret of this run in it",
            "Nothing was written there: remove the secret from where the text comes from, and replace it if others could read it");
    }

    /// <summary>Whether a text has a secret in it that is long enough not to be ordinary text.</summary>
    public bool IsIn(string text) => _search is { } search && Condensed(text).AsSpan().ContainsAny(search);

    /// <summary>The same for a piece of a file, byte by byte. What is compressed in it is not looked into.</summary>
    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in _bytes)
            if (bytes.IndexOf(form) >= 0) return true;
        return false;
    }

    /// <summary>The bytes of the longest text that <see cref="IsIn(ReadOnlySpan{byte})"/> looks for.</summary>
    public int LongestInBytes => _bytes.Length == 0 ? 0 : _bytes.Max(f => f.Length);

    private void Refuse(HashSet<string> forms)
    {
        (_refused, _search) = (forms, forms.Count == 0 ? null : SearchValues.Create([.. forms], StringComparison.Ordinal));
        _bytes = [.. forms.Select(Encoding.UTF8.GetBytes)];
    }

    // However it is wrapped, indented, or escaped for Markdown or JSON.
    private static string Condensed(string text)
    {
        if (text.AsSpan().IndexOfAny(" \t\r\n\\") < 0) return text;
        var (kept, count) = (new char[text.Length], 0);
        foreach (var c in text)
            if (c is not (' ' or '\t' or '\r' or '\n' or '\\')) kept[count++] = c;
        return new string(kept, 0, count);
    }
}
