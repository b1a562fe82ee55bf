using ReleaseActions.Core;
using ReleaseActions.Core.Hosting;

namespace ReleaseActions.Tests.Hosting;

public sealed class InputsTests
{
    private enum Colour
    {
        Red,
        DarkBlue,
    }

    [Fact]
    public void All_problems_are_told_at_once()
    {
        var inputs = Of(("flag", "yes"), ("colour", "green"), ("count", "11"));
        inputs.RequiredText("name", "A name.");
        inputs.Flag("flag", "A flag.", fallback: false);
        inputs.Choice("colour", "A colour.", Colour.Red);
        inputs.Number("count", "A count.", 1, 0, 10);
        inputs.Reject("Two inputs do not go together", "Drop one");

        inputs.Invoking(i => i.ThrowIfWrong()).Should().Throw<ActionException>().Which.Findings.Select(f => $"{f.Message}. {f.Remedy}")
            .Should().Equal(
            "The input 'name' is required and was not given. Set `name:` under `with:`, or --name on a command line",
            "The input 'flag' is 'yes'. Use true or false",
            "The input 'colour' is 'green'. Use one of: red, dark-blue",
            "The input 'count' is '11'. Give a whole number from 0 to 10",
            "Two inputs do not go together. Drop one");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  \t\n ")]
    public void Empty_and_absent_are_the_same(string? value)
    {
        var inputs = new Inputs(_ => value);

        inputs.Text("a", "A.", "fallback").Should().Be("fallback");
        inputs.OptionalText("b", "B.").Should().BeNull();
        inputs.Flag("c", "C.", fallback: true).Should().BeTrue();
        inputs.OptionalFlag("d", "D.").Should().BeNull();
        inputs.Choice("e", "E.", Colour.DarkBlue).Should().Be(Colour.DarkBlue);
        inputs.Lines("f", "F.", "x\ny").Should().Equal("x", "y");
        inputs.Number("g", "G.", 3, 0, 10).Should().Be(3);
        inputs.Secret("h", "H.").Should().BeNull();
        inputs.Invoking(i => i.ThrowIfWrong()).Should().NotThrow();
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("True", true)]
    [InlineData("TRUE", true)]
    [InlineData("false", false)]
    [InlineData(" False ", false)]
    [InlineData("FALSE", false)]
    public void A_flag_is_spelt_as_YAML_spells_it(string text, bool value) => Of(("a", text)).Flag("a", "A.", !value).Should().Be(value);

    [Theory]
    [InlineData("yes")]
    [InlineData("on")]
    [InlineData("1")]
    [InlineData("tRUE")]
    public void No_other_spelling_is_a_flag(string text)
    {
        var inputs = Of(("a", text));
        inputs.Flag("a", "A.", fallback: false);

        inputs.Invoking(i => i.ThrowIfWrong()).Should().Throw<ActionException>();
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("١")]
    [InlineData("99999999999")]
    public void Only_digits_within_bounds_are_a_number(string text)
    {
        var inputs = Of(("a", text));
        inputs.Number("a", "A.", 1, 0, 10);

        inputs.Invoking(i => i.ThrowIfWrong()).Should().Throw<ActionException>();
    }

    [Fact]
    public void Choices_are_kebab_case_and_their_case_does_not_count() =>
        Of(("a", "Dark-Blue")).Choice("a", "A.", Colour.Red).Should().Be(Colour.DarkBlue);

    [Fact]
    public void Lines_lose_blank_ones_and_the_spaces_around_them() =>
        Of(("a", "\n x \r\n\n  y z\n")).Lines("a", "A.").Should().Equal("x", "y z");

    [Fact]
    public void Documentation_lists_the_rows_and_complains_of_nothing()
    {
        var inputs = Inputs.ForDocumentation();
        inputs.RequiredText("name", "A name.");
        inputs.Choice("colour", "A colour.", Colour.DarkBlue);
        inputs.Reject("x", "y");

        inputs.Invoking(i => i.ThrowIfWrong()).Should().NotThrow();
        inputs.Declarations.Select(d => (d.Name, d.Default, d.IsRequired)).Should()
            .Equal(("name", null, true), ("colour", "dark-blue", false));
    }

    [Theory]
    [InlineData(" hunter2 ", " hunter2 ")]
    [InlineData("hunter2\n", "hunter2")]
    [InlineData("hunter2\r\n", "hunter2")]
    [InlineData("-----BEGIN\nEND-----\n\n", "-----BEGIN\nEND-----\n")]
    public void A_secret_loses_nothing_but_a_line_break_at_its_end(string given, string secret) =>
        Of(("a", given)).Secret("a", "A.")!.Reveal().Should().Be(secret);

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void An_empty_secret_is_absent(string given) => Of(("a", given)).Secret("a", "A.").Should().BeNull();

    [Fact]
    public void A_secret_has_no_text() => $"{Of(("a", "hunter2")).Secret("a", "A.")}".Should().Be("***");

    private static Inputs Of(params (string Name, string Value)[] values) => new(name => values.FirstOrDefault(v => v.Name == name).Value);
}
