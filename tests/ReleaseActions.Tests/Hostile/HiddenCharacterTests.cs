using ReleaseActions.Core;
using ReleaseActions.Core.Changelogs;
using ReleaseActions.Core.Runner;
using ReleaseActions.Core.Text;

namespace ReleaseActions.Tests.Hostile;

/// <summary>What turns or hides text is written out wherever a program prints or shows text from outside.</summary>
[Trait("Row", "S31")]
public sealed class HiddenCharacterTests
{
    private static readonly Dictionary<string, Func<string, string>> Sinks = new(StringComparer.Ordinal)
    {
        ["PlainText.Inert"] = PlainText.Inert, ["PlainText.Printable"] = PlainText.Printable,
        ["Markdown.Text"] = Markdown.Text, ["Markdown.Code"] = Markdown.Code, ["Markdown.Block"] = t => Markdown.Block("", t),
        ["NotesText.ShowHidden"] = NotesText.ShowHidden,
        ["Log.Line"] = Logged((log, t) => log.Line(t)), ["Log.Notice"] = Logged((log, t) => log.Notice(t)),
        ["Log.Step"] = Logged((log, t) => log.Step("push", ("image", t))), ["Log.Step name"] = Logged((log, t) => log.Step(t)),
        ["Log.Group"] = Logged((log, t) => log.Group(t).Dispose()),
        ["Log.Warning"] = Logged((log, t) => log.Warning(new Finding(t, "x"))),
        ["Log.Error"] = Logged((log, t) => log.Error(new Finding("x", t, t, 1))),
    };

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (var sink in Sinks.Keys)
            foreach (var c in (int[])
                [0x00, 0x07, 0x1b, 0x7f, 0x85, 0x9b, 0x34f, 0x61c, 0x115f, 0x17b4, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a,
                0x202e, 0x2060, 0x2066, 0x2069, 0x206a, 0x3164, 0xfeff, 0xffa0, 0xfff9, 0xfff0, 0xd800, 0xdc00, 0x110bd, 0x1bca0, 0x1d173,
                0xe0000, 0xe0001, 0xe0020, 0xe0041, 0xe007f, 0xe0100, 0xe01ef, 0xe0fff]) cases.Add(sink, c);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_hidden_character_gets_through(string sink, int character)
    {
        var hidden = character is >= 0xd800 and <= 0xdfff ? $"{(char)character}" : char.ConvertFromUtf32(character);
        // A line's end in a log is one, and is written as \n in a value.
        if (character == 0x85 && sink.StartsWith("Log.Step", StringComparison.Ordinal)) return;
        if (character is 0x85 or 0x2028 or 0x2029 && sink is "Log.Line" or "Markdown.Text" or "Markdown.Code" or "Markdown.Block") return;

        var shown = Sinks[sink]($"safe{hidden}gpj.exe");

        shown.Contains(hidden, StringComparison.Ordinal).Should().BeFalse(shown);
        shown.Should().MatchRegex($"(?i)safe\\\\+[xuU]0*{character:x}gpj");
    }

    [Theory]
    [InlineData("tab\there")]
    [InlineData("👩\u200d🚀 ❤\ufe0f soft\u00adhyphen é 漢字 العربية")]
    public void What_people_write_stays(string text) => PlainText.Printable(text).Should().Be(text);

    [Fact]
    public void Every_method_of_the_log_that_takes_text_is_among_them()
    {
        // A drawing is our own; a secret is hidden, and printed for the runner to hide.
        var methods = typeof(Log).GetMethods().Where(m => m.DeclaringType == typeof(Log)).Select(m => m.Name).Distinct();
        methods.Except(["Drawing", "Hide", "Redact", "get_Secrets"]).Should().OnlyContain(name => Sinks.ContainsKey($"Log.{name}"));
    }

    private static Func<string, string> Logged(Action<Log, string> write) => text =>
    {
        var (onRunner, onTerminal) = (new StringWriter(), new StringWriter());
        write(new Log(onRunner, isRunner: true), text);
        write(new Log(onTerminal, isRunner: false), text);
        return onRunner.ToString() + onTerminal;
    };
}
