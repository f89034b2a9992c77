using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Tests.Scheduling;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Catalogue;

public sealed class CatalogueTests : IDisposable
{
    private readonly Town town = new();

    [Fact]
    public void A_file_is_brought_in_whole_and_again_changes_nothing()
    {
        const string Text = """
            {"partners": [{"key": "beta", "name": "Beta", "contacts": [{"email": "Sec@example.com", "name": "Sec"}], "apps": [
              {"key": "com.beta.app", "name": "App", "hostings": [
                {"hosting": "connect", "descriptorUrl": "https://beta.example.com/atlassian-connect.json"}, {"hosting": "datacenter"}]}]}]}
            """;
        Assert.Equal(2, Import(Text));
        Assert.Equal(0, Import(Text));
        Assert.Equal(["daily", "daily", "xss-monthly"], town.Database.Read(session => session.List<string>("select cadence from scan_target order by 1")));
        // A new Connect app is scanned at once.
        Assert.Equal((1, "new-app"), (town.One<int>("select priority from task"), town.One<string>("select trigger_key from run")));
        Assert.Equal("sec@example.com", town.One<string>("select email from security_contact"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{\"partners\": null}")]
    [InlineData("{\"partners\": [{\"key\": \"x\", \"name\": \"X\", \"unknown\": 1}]}")]
    [InlineData("{\"partners\": [{\"key\": \"x y\", \"name\": \"X\"}]}")]
    [InlineData("{\"partners\": [{\"key\": \"x\", \"name\": \"X\\u202e\"}]}")]
    [InlineData("{\"partners\": [{\"key\": \"x\", \"name\": \"X\", \"apps\": [{\"key\": \"a\", \"name\": \"A\", \"hostings\": [{\"hosting\": \"cloud\"}]}]}]}")]
    [InlineData(
        "{\"partners\": [{\"key\": \"x\", \"name\": \"X\", \"apps\": [{\"key\": \"a\", \"name\": \"A\", \"hostings\": [{\"hosting\": \"connect\", \"descriptorUrl\": \"file:///etc/passwd\"}]}]}]}"
    )]
    public void A_file_that_is_wrong_brings_nothing(string text)
    {
        Assert.Throws<CatalogueException>(() => Import(text));
        Assert.Equal(1, town.One<int>("select count(*) from partner"));
    }

    [Fact]
    public void An_upload_of_anothers_app_is_an_app_of_its_own()
    {
        var other = town.Database.Write(session => Partners.Add(session, Principal.Platform, "other", "Other")!);
        var theirs = town.Connect("same", partner: other);
        var mine = town.Database.Write(session => AppList.ForUpload(session, Uploader(), town.Partner.Id, "same", "Same")!);
        Assert.NotEqual(theirs.AppId, mine.Id);
        Assert.Equal(("unproven", town.Partner.Id), (mine.Ownership, mine.PartnerId));
        Assert.False(mine.IsOwned);
    }

    [Fact]
    public void The_same_content_of_an_app_is_one_artifact_and_is_deleted_when_its_time_is_over()
    {
        var app = town.Connect("app").AppId;
        ArtifactRow Add() =>
            town.Database.Write(session =>
                ArtifactList.Add(session, Principal.Platform, new NewArtifact(town.Partner.Id, app, "d1", 10, "a.jar", "upload"), TimeSpan.FromDays(1))!
            );
        var artifact = Add();
        Assert.Equal(artifact.Id, Add().Id);
        Assert.Empty(town.Database.Read(session => ArtifactList.Due(session, 10)));
        town.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([artifact.Id], town.Database.Read(session => ArtifactList.Due(session, 10)).Select(due => due.Id));
        town.Database.Write(session => ArtifactList.SayDeleted(session, artifact.Id));
        Assert.NotEqual(artifact.Id, Add().Id);
        Assert.Throws<CatalogueException>(() => ArtifactList.KindOf("virus.exe"));
    }

    [Theory]
    [InlineData("9.12.0", "9.12.9", true)]
    [InlineData("9.12.4", "9.12.20", true)]
    [InlineData("8.0.0", "11.0.0", true)]
    [InlineData("10.3", "10.3", true)]
    [InlineData("9.13.0", "9.17.0", false)]
    [InlineData("7.0.0", "8.20.30", false)]
    [InlineData("x", "y", true)]
    [InlineData("7.0.0", "build 8", true)]
    public void The_current_and_the_previous_version_with_long_term_support_count(string from, string to, bool counts)
    {
        var supports = new ProductRanges(new Dictionary<string, ProductRange>(StringComparer.Ordinal) { ["jira"] = new(from, to) });
        Assert.Equal(counts, LongTermSupport.Covers(supports, new Dictionary<string, ProductVersion>(StringComparer.Ordinal)));
        Assert.Equal(counts, LongTermSupport.Covers(ProductRanges.Parse(supports.ToJson()), new Dictionary<string, ProductVersion>(StringComparer.Ordinal)));
    }

    [Fact]
    public void Whatever_a_file_holds_it_is_taken_in_or_refused_in_words() =>
        Fuzz.Run(random =>
        {
            var text =
                """{"partners": [{"key": "beta", "name": "Beta", "apps": [{"key": "a", "name": "A", "hostings": [{"hosting": "forge"}]}]}]}""".ToCharArray();
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                text[random.Next(text.Length)] = (char)random.Next(0x20, 0x250);
            }

            try
            {
                CatalogueFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(new string(text))));
            }
            catch (CatalogueException)
            {
                // In words.
            }
        });

    public void Dispose() => town.Dispose();

    private Principal Uploader() =>
        new()
        {
            Kind = "token",
            Id = "t",
            Grants = [new Grant(Role.PartnerResponder, town.Partner.Id, null)],
        };

    private int? Import(string text)
    {
        var file = CatalogueFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var contacts = new Contacts(town.Database, new AccessOptions(), static (_, _) => { }, static (_, _) => { });
        return town.Database.Write(session => file.Import(session, Principal.Platform, contacts, Releases.OnApp));
    }
}
