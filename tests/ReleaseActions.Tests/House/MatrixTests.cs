using ReleaseActions.Matrix;

namespace ReleaseActions.Tests.House;

/// <summary>The table that <c>./test --matrix</c> prints.</summary>
public sealed class MatrixTests
{
    [Fact]
    public void Each_guarantee_has_one_line_with_the_results_of_the_tests_that_name_it()
    {
        var outcomes = TestOutcome.Read("""
            <assemblies><assembly><collection>
              <test result="Pass"><traits>
                <trait name="Row" value="F01" /><trait name="Row" value="F01" /><trait name="Rule" value="AOF-01" />
              </traits></test>
              <test result="Fail"><traits><trait name="Rule" value="AOF-01" /></traits><failure /></test>
              <test result="Pass"><traits><trait name="Row" value="F05" /></traits></test>
              <test result="Skip"><traits><trait name="Row" value="S10" /></traits></test>
              <test result="Pass" />
            </collection></assembly></assemblies>
            """);
        var guarantees = Guarantee.Read("""
            # a comment
            F01 a fault
            F05 another fault ◆ its digest

            L10 a load ◆ its memory
            S10 an attack
            AOF-01 a rule ◆ its message
            """);

        MatrixTable.Write(guarantees, outcomes).Should().Be("""
            id     state        passed  failed  skipped  meaning
            F01    kept              1       0        0  a fault
            F05    kept in part      1       0        0  another fault ◆ its digest
            L10    no test           0       0        0  a load ◆ its memory
            S10    skipped           0       0        1  an attack
            AOF-01 FAILED            1       1        0  a rule ◆ its message

            5 guarantees: 1 FAILED, 1 kept, 1 kept in part, 1 no test, 1 skipped

            """);
    }

    [Fact]
    public void A_list_and_documents_that_agree_have_no_differences()
    {
        const string Documents = """
            | row | case |
            | --- | --- |
            | F05 | stored truncated: deleted and sent again within 60 s. ◆ the digest as well as the size |
            | AOF-01 | a tag releases the version ◆ no trigger of the example |
            """;

        // The project has completed AOF-01 and removed the mark.
        IReadOnlyList<Guarantee> guarantees = [new("F05", "repaired in 60 s", "the digest"), new("AOF-01", "a tag releases")];
        Comparison.Differences(guarantees, Documents).Should().BeEmpty();
    }

    [Fact]
    public void Ids_on_one_side_only_marks_of_the_list_and_other_numbers_are_differences()
    {
        const string Documents = "| F01 | a fault |\n| F02 | three times at most |\n| L8 | a changelog of 10 MB: <= 250 ms |\n";

        IReadOnlyList<Guarantee> guarantees = [new("F01", "a fault", "its size"), new("F99", "unknown"), new("L8", "10 MB in 300 ms")];
        Comparison.Differences(guarantees, Documents).Should().Equal(
            "F02 is missing in guarantees.txt: three times at most",
            "F99 is in guarantees.txt only: unknown",
            "F01 has a ◆ in guarantees.txt only",
            "L8 says 300, which its full text does not");
    }

    [Fact]
    public void Without_a_report_it_says_how_to_get_one()
    {
        using var output = new StringWriter();

        MatrixTable.Print(output, ["nowhere"]).Should().Be(2);

        output.ToString().Should().StartWith("There are no reports of a run. ./test without a filter writes them.");
    }

    [Fact]
    public void Every_guarantee_has_a_unique_id_and_a_meaning()
    {
        Guarantee.All.Select(g => g.Id).Should().OnlyHaveUniqueItems();
        Guarantee.All.Should().OnlyContain(g => g.Meaning.Length > 5 && g.Missing != "");
        Guarantee.All.Count(g => g.Trait == "Row").Should().BeGreaterThan(100);
    }
}
