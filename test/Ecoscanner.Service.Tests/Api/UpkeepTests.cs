using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;
using Ecoscanner.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>What is deleted with time, and what a wrong clock does not delete.</summary>
public sealed class UpkeepTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
    private readonly ManualTime time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly Service.Api.Platform platform;
    private readonly Upkeep upkeep;

    public UpkeepTests()
    {
        platform = Service.Api.Platform.Open(
            new SiteOptions
            {
                DataFolder = folder,
                Time = time,
                Access = new AccessOptions { PasswordIterations = 1000 },
            }
        );
        upkeep = new Upkeep(platform, time, NullLogger<Upkeep>.Instance);
    }

    [Fact]
    public async Task A_clock_that_jumps_a_year_ahead_deletes_nothing_for_good_and_one_that_goes_there_does()
    {
        var digest = await KeepAsync(TimeSpan.FromDays(30));
        Turns(TimeSpan.FromHours(2));
        time.Jump(TimeSpan.FromDays(365));
        Turns(TimeSpan.FromHours(23));
        Assert.NotNull(platform.Clock.Doubt);
        Assert.True(platform.Blobs.Contains(1, digest));
        time.Jump(TimeSpan.FromDays(-365));
        Turns(TimeSpan.FromHours(3));
        Assert.Null(platform.Clock.Doubt);
        Assert.True(platform.Blobs.Contains(1, digest));
        time.Jump(TimeSpan.FromDays(365));
        Turns(TimeSpan.FromHours(26));
        Assert.Null(platform.Clock.Doubt);
        Assert.False(platform.Blobs.Contains(1, digest));
    }

    public void Dispose()
    {
        upkeep.Dispose();
        platform.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Turns(TimeSpan span)
    {
        for (var ran = TimeSpan.Zero; ran < span; ran += TimeSpan.FromMinutes(10))
        {
            upkeep.Turn(TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    private async Task<string> KeepAsync(TimeSpan keep)
    {
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into partner (id, key, name, created_at) values (1, 'p', 'p', 1);
                insert into app (id, partner_id, key, name, ownership, created_at) values (1, 1, 'a', 'a', 'proven', 1);
                insert into app_hosting (id, app_id, hosting, created_at) values (1, 1, 'forge', 1)
                """
            )
        );
        var blob = (await platform.Blobs.WriteAsync(1, new MemoryStream([1, 2, 3]), 1000, TestContext.Current.CancellationToken))!;
        platform.Database.Write(session =>
            session.Execute(
                """
                insert into artifact (id, partner_id, app_id, digest, bytes, name, kind, origin, added_at, added_by, delete_after)
                values ('a', 1, 1, @Digest, 3, 'app.jar', 'archive', 'upload', @Clock, 'test', @after)
                """,
                new
                {
                    blob.Digest,
                    session.Clock,
                    after = session.Clock + (long)keep.TotalMilliseconds,
                }
            )
        );
        return blob.Digest;
    }
}
