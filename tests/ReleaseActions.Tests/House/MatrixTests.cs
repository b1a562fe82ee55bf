using ReleaseActions.Matrix;

namespace ReleaseActions.Tests.House;

/// <summary>The table that <c>./test --matrix</c> prints.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Each_promise_has_one_line_with_the_results_of_the_tests_that_name_it()
    {
        var outcomes = TestOutcome.Read("""
            <assemblies><assembly><collection>
              <test result="Pass"><traits><trait name="Row" value="F01" /><trait name="Row" value="F01" /><trait name="Rule" value="AOF-01" /></traits></test>
              <test result="Fail"><traits><trait name="Rule" value="AOF-01" /></traits><failure /></test>
              <test result="Skip"><traits><trait name="Row" value="S10" /></traits></test>
              <test result="Pass" />
            </collection></assembly></assemblies>
            """);

        MatrixTable.Write([new("F01", "a fault"), new("L10", "a load"), new("S10", "a danger"), new("AOF-01", "a rule")], outcomes).Should().Be("""
            id     state    passed  failed  skipped  meaning
            F01    kept          1       0        0  a fault
            L10    no test       0       0        0  a load
            S10    skipped       0       0        1  a danger
            AOF-01 FAILED        1       1        0  a rule

            4 promises: 1 FAILED, 1 kept, 1 no test, 1 skipped

            """);
    }

    [Fact]
    public void Where_there_is_no_report_it_says_how_to_get_one()
    {
        using var output = new StringWriter();

        MatrixTable.Print(output, ["nowhere"]).Should().Be(2);

        output.ToString().Should().StartWith("There are no reports of a run. ./test without a filter writes them.");
    }

    [Fact]
    public void Every_promise_has_an_id_of_its_own_and_a_meaning()
    {
        Promise.All.Select(p => p.Id).Should().OnlyHaveUniqueItems();
        Promise.All.Should().OnlyContain(p => p.Meaning.Length > 5);
        Promise.All.Count(p => p.Trait == "Row").Should().BeGreaterThan(100);
    }
}
