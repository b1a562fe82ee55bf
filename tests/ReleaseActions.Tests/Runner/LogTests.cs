using System.Text;
using ReleaseActions.Core;
using ReleaseActions.Core.Runner;

namespace ReleaseActions.Tests.Runner;

public sealed class LogTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "\"\"")]
    [InlineData("two words", "\"two words\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("say \"no\"", "\"say \\\"no\\\"\"")]
    [InlineData("back\\slash", "\"back\\\\slash\"")]
    [InlineData("two\nlines", "\"two\\nlines\"")]
    [InlineData("sha256:0123", "sha256:0123")]
    [Trait("Rule", "DOJ-07")]
    public void A_step_is_one_line_of_logfmt(string value, string written) =>
        Written(isRunner: true, log => log.Step("push", ("tag", value), ("status", "ok"))).Should()
        .Be($"step=push tag={written} status=ok\n");

    [Theory]
    [InlineData("a", "a cat sat")]
    [InlineData("cat", "a cat sat")]
    [InlineData("cat ", "a ***sat")]
    public void A_secret_of_fewer_than_four_characters_does_not_black_out_ordinary_words(string secret, string shown)
    {
        var written = Written(isRunner: true, log =>
        {
            log.Hide(new Secret(secret));
            log.Line("a cat sat");
        });

        written.Split('\n').Should().Contain(shown);
    }

    [Fact]
    public void An_error_is_an_annotation_on_a_runner_and_a_sentence_on_a_laptop()
    {
        var finding = new Finding("It says '1.0'", "Set it to 1.1", "a,b:c.json", 3);

        Written(isRunner: true, log => log.Error(finding)).Should()
            .Be("::error file=a%2Cb%3Ac.json,line=3::It says '1.0'. Set it to 1.1.\n");
        Written(isRunner: false, log => log.Error(finding)).Should().Be("error: a,b:c.json:3: It says '1.0'. Set it to 1.1.\n");
        Written(isRunner: true, log => log.Warning(new Finding("It is not so.", "Did you mean that?"))).Should()
            .Be("::warning::It is not so. Did you mean that?\n");
        Written(isRunner: true, log => log.Notice("50 %\nof two")).Should().Be("::notice::50 %25%0Aof two\n");
    }

    [Fact]
    public void A_group_is_folded_on_a_runner_and_a_heading_on_a_laptop()
    {
        static void Grouped(Log log)
        {
            using (log.Group("Stack\ntrace ##[x]")) log.Line("inside");
        }

        Written(isRunner: true, Grouped).Should().Be("::group::Stack\\x0atrace # #[x]\ninside\n::endgroup::\n");
        Written(isRunner: false, Grouped).Should().Be("-- Stack\\x0atrace # #[x]\ninside\n");
    }

    [Theory]
    [Trait("Row", "S22")]
    [InlineData("correct horse battery")]
    [InlineData("with \"quotes\" and \\")]
    [InlineData("##[group]::x::")]
    [InlineData("per%cent")]
    [InlineData("line one of it\nline two of it")]
    public void A_secret_is_hidden_however_it_is_written(string secret)
    {
        var encoded = ((string[])["", "x-access-token:", "bob:", "ada:", "x:"]).Select(
            user => Convert.ToBase64String(Encoding.UTF8.GetBytes(user + secret)));
        string[] forms = [secret, Uri.EscapeDataString(secret), .. encoded];
        var written = Written(isRunner: false, log =>
        {
            log.Hide(new Secret(secret));
            foreach (var form in forms)
            {
                log.Line($"said {form}!");
                log.Step(form, (form, form));
                log.Error(new Finding(form, form, form, 1));
                log.Group(form).Dispose();
            }
        });

        forms.Concat(secret.Split('\n')).Where(written.Contains).Should().BeEmpty(written);
        written.Should().Contain("***");
    }

    [Fact]
    [Trait("Row", "S22")]
    public void A_secret_that_begins_another_does_not_show_the_rest()
    {
        var written = Written(isRunner: false, log =>
        {
            log.Hide(new Secret("abcdef"));
            log.Hide(new Secret("abcdef-and-more"));
            log.Line("abcdef-and-more");
        });

        written.Should().Be("***\n");
    }

    [Fact]
    public void A_runner_is_told_every_form_to_mask_in_one_line_each()
    {
        var written = Written(isRunner: true, log => log.Hide(new Secret("hunter2 and\nmore of it")));

        RunnerModel.ReadCommands(written).Should().OnlyContain(c => c.Name == "add-mask").And.HaveCountGreaterThan(4);
        RunnerModel.ReadCommands(written)[0].Message.Should().Be("hunter2 and\nmore of it");
    }

    [Fact]
    [Trait("Row", "S03")]
    public void Whatever_is_written_as_text_holds_no_command()
    {
        var random = new Random(20260107);
        string[] pieces = [":", "::", "#", "##", "[", "##[", "]", " ", "\t", "\r", "\n", "set-env", "name=x", "\u00a0", "\u2028", "\u0085",
            "\0", "\x1b", "%0A", "***", "secret"];
        foreach (var text in Enumerable.Range(0, 20_000)
            .Select(_ => string.Concat(Enumerable.Range(0, random.Next(10)).Select(_ => pieces[random.Next(pieces.Length)]))))
        {
            var written = Written(isRunner: true, log =>
            {
                log.Line(text);
                log.Step(text, ("x", text));
            });
            RunnerModel.ReadCommands(written).Should().BeEmpty(text);
        }
    }

    private static string Written(bool isRunner, Action<Log> write)
    {
        using var output = new StringWriter();
        write(new Log(output, isRunner));
        return output.ToString();
    }
}
