namespace ReleaseActions.Tests.Hostile;

/// <summary>Texts that are deep, wide, long or repeat themselves, by the number of their pieces.</summary>
public sealed partial class ReaderTests
{
    private static readonly (string[] Readers, Dictionary<string, Func<int, string>> Shapes)[] Families =
    [
        (["package-lock.json", "packages.lock.json", "Pipfile.lock", "package.json"], new()
        {
            ["deep"] = n => Repeat("{\"dependencies\":{\"a\":", n),
            ["deep and closed"] = n => Repeat("{\"a\":", n) + "1" + new string('}', n),
            ["packages"] = n => Object("packages", n, i =>
                $"\"node_modules/p{i}\":{{\"version\":\"1\",\"dependencies\":{{\"p{i + 1}\":\"*\"}}}}"),
            ["one needs all"] = n => Object(
                "packages", n, i => $"\"node_modules/p{i}\":{{\"version\":\"1\"}}",
                $"\"\":{{\"dependencies\":{{{Join(n, i => $"\"p{i}\":\"*\"")}}}}}"),
            ["far up"] = n => Object(
                "packages", n, i =>
                $"\"{Repeat("node_modules/a/", 40)}node_modules/p{i}\":{{\"version\":\"1\",\"dependencies\":{{\"x\":\"*\"}}}}"),
            ["long paths"] = n => Object(
                "packages", n / 50, i => $"\"{Repeat("long-folder-name/", 50)}node_modules/p{i}\":{{\"version\":\"1\"}}"),
            ["nested beside"] = n => Repeat("{\"dependencies\":{\"aaaaaaaaaaaaaaaa\":", 40)
                + "{\"dependencies\":{" + Join(n, i => $"\"p{i}\":{{\"version\":\"1\"}}") + "}}" + new string('}', 80),
            ["frameworks"] = n => Object(
                "dependencies", n, i =>
                $"\"net{i}\":{{\"A\":{{\"type\":\"Direct\",\"resolved\":\"1.0.0\",\"dependencies\":{{\"A\":\"1\"}}}}}}"),
            ["NuGet"] = n =>
                "{\"dependencies\":{\"net10.0\":{" + Join(n, i => $"\"A{i}\":{{\"type\":\"Direct\",\"resolved\":\"1.0.{i}\"}}") + "}}}",
            ["Pipfile"] = n => Object("default", n, i => $"\"a{i}\":{{\"version\":\"==1.{i}\",\"hashes\":[\"sha256:00\"]}}"),
            ["the same key"] = n => $"{{{Join(n, _ => "\"a\":1")}}}",
            ["a long number"] = n => $"{{\"a\":{new string('9', 10 * n)}}}",
            ["a long text"] = n => $"{{\"name\":\"{new string('x', 10 * n)}\"}}",
            ["escapes"] = n => $"{{\"name\":\"{Repeat("\\u0041", 10 * n)}\"}}",
            ["below a long key"] = n => $"{{\"{new string('k', n)}\":{{{Join(n / 20, i => $"\"a{i}\":\"1\"")}}}}}",
            ["a long list"] = n => $"{{\"a\":[{Join(n, _ => "\"x\"")}]}}",
        }),
        (["Cargo.lock", "poetry.lock", "uv.lock", "pyproject.toml"], new()
        {
            ["deep lists"] = n => $"a = {new string('[', n)}",
            ["deep tables"] = n => $"a = {Repeat("{a=", n)}",
            ["a long header"] = n => $"[{Repeat("a.", n)}a]",
            ["headers that grow"] = n => string.Concat(Enumerable.Range(1, 60).Select(i => $"[{Repeat("a.", i)}b]\n"))
                + new string('\n', n),
            ["packages"] = n => Concat(n, i => $"[[package]]\nname = 'p{i}'\nversion = '1'\nsource = 'x'\ndependencies = ['p{i + 1}']\n"),
            ["tables"] = n => Concat(n, i => $"[t{i}]\nversion = '1'\n"),
            ["one needs all"] = n => Concat(n, i => $"[[package]]\nname = 'p{i}'\nversion = '1'\nsource = 'x'\n")
                + $"[[package]]\nname = 'z'\nversion = '1'\ndependencies = [{Join(n, i => $"'p{i}'")}]\n",
            ["files"] = n => $"[[package]]\nname='a'\nversion='1'\nfiles = [{Join(n, i => $"{{hash = 'sha256:{i}'}}")}]\n",
            ["the same key"] = n => Repeat("a = 1\n", n),
            ["a long key"] = n => $"{new string('k', 10 * n)} = 1",
            ["below a long key"] = n => $"[{new string('k', n)}]\n" + Concat(n / 20, i => $"a{i} = '1'\n"),
            ["a long text"] = n => $"a = \"{new string('x', 10 * n)}\"",
            ["a long text of lines"] = n => $"a = \"\"\"{Repeat("x\n", 5 * n)}\"\"\"",
            ["a long number"] = n => $"a = {new string('9', 10 * n)}",
            ["comments"] = n => Repeat("# x\n", n),
            ["no end"] = n => "a = \"" + Repeat("\\n", n),
        }),
        (["Chart.yaml", "policy"], new()
        {
            ["deep"] = n => new string('[', n),
            ["keys"] = n => Concat(n, i => $"a{i}: 1\n"),
            ["the same key"] = n => Repeat("a: 1\n", n),
            ["aliases"] = n => "a: &a x\n" + Concat(n, i => $"b{i}: *a\n"),
            ["aliases of a map"] = n => $"a: &a {{k: '{new string('x', n)}'}}\n" + Concat(n / 100, i => $"b{i}: *a\n"),
            ["aliases of aliases"] = n => "a0: &a0 x\n" + Concat(n, i => $"a{i + 1}: &a{i + 1} [*a{i}]\n"),
            ["anchors"] = n => Concat(n, i => $"a{i}: &a{i} x\n"),
            ["merges"] = n => "a: &a {b: 1}\n" + Concat(n, i => $"c{i}:\n  <<: *a\n"),
            ["documents"] = n => Repeat("---\na: 1\n", n),
            ["a long text"] = n => $"a: {new string('x', 10 * n)}",
            ["a folded text"] = n => $"a: >\n{Repeat("  x\n", 5 * n)}",
            ["a text of lines"] = n => $"a: x\n{Repeat("  x\n", 5 * n)}",
            ["a quoted text"] = n => $"a: \"{Repeat("\\n", 5 * n)}\"",
            ["below a long key"] = n => $"{new string('k', Math.Min(n, 900))}:\n" + Concat(n / 20, i => $"  a{i}: 1\n"),
            ["comments"] = n => Repeat("# x\n", n),
            ["spaces"] = n => $"a:{new string(' ', 10 * n)}1",
            ["questions"] = n => Repeat("? a\n", n),
            ["a list"] = n => $"a:\n{Repeat("- x\n", n)}",
        }),
        (["pom.xml", "a.csproj"], new()
        {
            ["deep"] = n => Repeat("<a>", n),
            ["deep with text"] = n => Repeat("<a>x", n),
            ["wide"] = n => $"<project>{Repeat("<a>1</a>", n)}</project>",
            ["groups"] = n => $"<Project>{Repeat("<PropertyGroup><V>1</V></PropertyGroup>", n)}</Project>",
            ["attributes"] = n => $"<a {Concat(n, i => $"b{i}='1' ")}/>",
            ["a long name"] = n => $"<{new string('n', 10 * n)}>",
            ["below a long name"] = n => $"<{new string('n', n)}>{Concat(n / 20, i => $"<a{i}>1</a{i}>")}</{new string('n', n)}>",
            ["a long text"] = n => $"<a>{new string('x', 10 * n)}</a>",
            ["blank text"] = n => $"<a>{Repeat("\n<b/>", n)}</a>",
            ["a type"] = n => $"<!DOCTYPE a [{Concat(n, i => $"<!ENTITY e{i} 'x'>")}]><a/>",
            ["comments"] = n => Repeat("<!-- x -->", n),
            ["references"] = n => $"<a>{Repeat("&lt;", n)}</a>",
        }),
        (["go.mod", "requirements.txt", "Makefile", "VERSION"], new()
        {
            ["modules"] = n => $"require (\n{Concat(n, i => $"\texample.com/m{i} v1.{i}.0 // indirect\n")})\n",
            ["replacements"] = n => Concat(n, i => $"replace a/b{i} => c/d{i} v1.0.{i}\n"),
            ["requirements"] = n => Concat(n, i => $"p{i}==1.{i} --hash=sha256:00 # x\n"),
            ["hashes"] = n => "a==1" + Repeat(" --hash=sha256:00", n),
            ["continued"] = n => Repeat("a==1 \\\n", n),
            ["variables"] = n => Concat(n, i => $"A{i} := 1\n"),
            ["the same variable"] = n => Repeat("A = 1\n", n),
            ["empty lines"] = n => new string('\n', 10 * n),
            ["one line"] = n => new string('x', 10 * n),
            ["words"] = n => "require " + Repeat("x ", 5 * n),
            ["slashes"] = n => Repeat("//", n),
            ["equals"] = n => Repeat("==", n),
            ["blocks"] = n => Repeat("require (\n", n),
        }),
        (["changelog", "notes"], new()
        {
            ["sections"] = n => Concat(n, i => $"## [1.{i}.0] - 2026-01-02\n\n- Text @a [b](c)\n\n"),
            ["entries"] = n => "## 1.0.0\n\n" + Concat(n, i => $"- Entry {i} by @ada (#{i})\n"),
            ["one line"] = n => "## 1.0.0\n\n" + Repeat("text ", n),
            ["headings"] = n => "## 1.0.0\n\n" + Repeat("### Added\n\n", n),
            ["headings of all levels"] = n => "## 1.0.0\n\n" + Repeat("### a\n#### b\n##### c\n###### d\n", n / 4),
            ["comments"] = n => "## 1.0.0\n\n" + Repeat("<!-- x -->\n\n", n),
            ["compare links"] = n => "## 1.0.0\n\n" + Concat(n, i => $"https://x.y/a/b/compare/v{i}...main\n"),
            ["definitions"] = n => Concat(n, i => $"## [1.0.{i}]\n\n- x\n\n") + Concat(n, i => $"[1.0.{i}]: https://x.y/{i}\n"),
            ["definitions that are used"] = n => "## 1.0.0\n\n" + Concat(n, i => $"- [#{i}]\n") + "\n" + Concat(n, i =>
                $"[#{i}]: https://x.y/{i}\n"),
            ["mentions"] = n => "## 1.0.0\n\n" + Repeat("@ada ", n),
            ["entities"] = n => "## 1.0.0\n\n" + Repeat("&commat;ada ", n),
            ["zeros of an entity"] = n => "## 1.0.0\n\n<p>\n&#" + new string('0', n) + "\n",
            ["code in HTML"] = n => "## 1.0.0\n\n" + Repeat("<b>x</b><code>y</code>", n / 4),
            ["HTML"] = n => "## 1.0.0\n\n" + Repeat("<div>\n", n),
            ["tags without an end"] = n => "## 1.0.0\n\n<div>" + Repeat("<a \" ", n),
            ["less"] = n => "## 1.0.0\n\n" + new string('<', n),
            ["an open fence"] = n => "## 1.0.0\n\n```\n" + Repeat("x\n", n),
            ["fences"] = n => "## 1.0.0\n\n" + Repeat("```\nx\n```\n\n", n / 4),
            ["brackets"] = n => "## 1.0.0\n\n" + new string('[', n),
            ["closed brackets"] = n => "## 1.0.0\n\n" + new string('[', n) + new string(']', n),
            ["bracket pairs"] = n => "## 1.0.0\n\n" + Repeat("[]", n),
            ["references"] = n => "## 1.0.0\n\n" + Repeat("[a][b] ", n),
            ["links"] = n => "## 1.0.0\n\n" + Repeat("[a](b) ", n),
            ["open links"] = n => "## 1.0.0\n\n" + Repeat("[a]( ", n),
            ["images"] = n => "## 1.0.0\n\n" + Repeat("![a](b) ", n),
            ["stars"] = n => "## 1.0.0\n\n" + Repeat("*a ", n),
            ["more stars"] = n => "## 1.0.0\n\n" + Repeat("*a **b ", n / 2),
            ["closing stars"] = n => "## 1.0.0\n\n" + Repeat("a* b** ", n / 2),
            ["underscores"] = n => "## 1.0.0\n\n" + Repeat("_a", n),
            ["ticks"] = n => "## 1.0.0\n\n" + Repeat("`a ", n),
            ["growing ticks"] = n => "## 1.0.0\n\n" + Concat(n / 100, i => new string('`', 1 + (i % 60)) + "a "),
            ["quotes"] = n => "## 1.0.0\n\n" + Repeat("> x\n", n),
            ["deep quotes"] = n => "## 1.0.0\n\n" + new string('>', n),
            ["lists in lists"] = n => "## 1.0.0\n\n" + Concat(n, i => $"{new string(' ', 2 * (i % 40))}- x\n"),
            ["deep lists"] = n => "## 1.0.0\n\n" + Repeat("- ", n),
            ["rules"] = n => "## 1.0.0\n\n" + Repeat("---\n\n", n),
            ["underlines"] = n => Repeat("1.0.0\n---\n", n),
            ["tables"] = n => "## 1.0.0\n\n| a |\n| - |\n" + Repeat("| b |\n", n),
            ["backslashes"] = n => "## 1.0.0\n\n" + new string('\\', n),
            ["spaces"] = n => "## 1.0.0\n\n" + new string(' ', n) + "x",
            ["empty lines"] = n => "## 1.0.0\n\n" + new string('\n', n) + "x",
            ["tabs"] = n => "## 1.0.0\n\n- x\n" + Repeat("\tx\n", n),
            ["addresses"] = n => "## 1.0.0\n\n" + Repeat("<https://x.y> ", n),
            ["returns"] = n => "## 1.0.0\n\n" + Repeat("x\r", n),
            ["bold versions"] = n => Concat(n, i => $"**1.0.{i}**\n\nText\n\n"),
            ["front matter"] = n => "---\n" + Repeat("a: b\n", n),
        }),
    ];

    private static string Object(string key, int count, Func<int, string> item, string first = "\"x\":1") =>
        $"{{\"{key}\":{{{first},{Join(count, item)}}}}}";

    private static string Join(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(0, count).Select(item));

    private static string Concat(int count, Func<int, string> item) => string.Concat(Enumerable.Range(0, count).Select(item));

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
