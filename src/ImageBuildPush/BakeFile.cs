using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ReleaseActions.ImageBuildPush;

/// <summary>The bake file that makes all images of a plan in one build.</summary>
internal static class BakeFile
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The name of an image's target: what the image is called, with its place in the plan where two are called the same.</summary>
    public static string TargetOf(ImagePlan plan, PlannedImage image)
    {
        var name = Plain(image.Repository.ShortName);
        return plan.Images.Count(i => Plain(i.Repository.ShortName) == name) == 1 ? name : $"{name}-{plan.Images.TakeWhile(i => i != image).Count() + 1}";
    }

    /// <summary>The file's JSON.</summary>
    /// <param name="plan">The plan; only what docker builds is in the file.</param>
    /// <param name="isPushed">Then docker gives the first tag only; the others follow when every image is there.</param>
    public static string Write(ImagePlan plan, bool isPushed)
    {
        var targets = plan.Builds.Select(i => KeyValuePair.Create(TargetOf(plan, i), (JsonNode?)Target(plan, i, isPushed))).ToList();
        var file = new JsonObject
        {
            ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = Texts(targets.Select(t => t.Key)) } },
            ["target"] = new JsonObject(targets),
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable)) file.WriteTo(writer);
        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static JsonObject Target(ImagePlan plan, PlannedImage image, bool isPushed)
    {
        var recipe = image.Recipe;
        var target = new JsonObject { ["context"] = Literal(recipe.Context), ["dockerfile"] = Literal(recipe.Dockerfile) };
        if (recipe.Target is { } stage) target["target"] = Literal(stage);
        target["args"] = Map(Arguments(plan.Release, recipe));
        target["labels"] = Map(image.Labels);
        target["tags"] = Texts(image.Tags.Take(isPushed ? 1 : image.Tags.Count).Select(t => image.Repository.WithTag(t.Tag.Name).ToString()));
        if (recipe.Platforms.Count > 0) target["platforms"] = Texts(recipe.Platforms);
        return target;
    }

    private static OrderedDictionary<string, string> Arguments(ReleaseFacts release, BuildRecipe recipe)
    {
        // BuildKit takes the moments in the image from it, so that they are the commit's and not the build's.
        var all = new OrderedDictionary<string, string> { ["SOURCE_DATE_EPOCH"] = release.CommitDate.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        foreach (var (name, value) in recipe.Arguments.Select(a => ImageLabels.Pair("build argument", a)))
            all[name] = Placeholders.Fill(value, release.Version?.Text, release.ShortCommit);
        return all;
    }

    // Targets have no dots in their names.
    private static string Plain(string name) => name.Replace('.', '-');

    private static JsonObject Map(IReadOnlyDictionary<string, string> map) => new(map.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Literal(p.Value))));

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)Literal(t))]);

    // Bake reads every text as a template; what looks like one here is meant as it stands.
    private static JsonValue Literal(string text) =>
        JsonValue.Create(text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal));
}
