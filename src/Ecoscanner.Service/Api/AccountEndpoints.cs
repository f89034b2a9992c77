using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>Who has which role for a partner or the platform, who is told of flaws, and what staff opens for a reason.</summary>
internal static class AccountEndpoints
{
    private const string PartnerWords = "The partner's key; platform for the staff.";

    // More than any partner has.
    private const int Most = 500;

    public static void Map(RouteGroupBuilder api)
    {
        var accounts = api.MapGroup("/accounts").WithTags("access");
        accounts.MapGet("/", List).WithSummary("Who has which role.").SignedIn().Answers<AccountList>().Filters("partner", PartnerWords).Problems(403, 404);
        accounts
            .MapPost("/{id}/roles", (HttpContext http, Platform platform, string id) => Change(http, platform, id, platform.Accounts.Give))
            .WithSummary("Gives an account another role of the same partner.")
            .SignedIn()
            .Takes<RoleAsk>()
            .Produces(204)
            .Problems(403, 404, 409);
        accounts
            .MapPost("/{id}/roles/remove", (HttpContext http, Platform platform, string id) => Change(http, platform, id, platform.Accounts.Remove))
            .WithSummary("Takes a role from an account; the last administrator stays.")
            .SignedIn()
            .Takes<RoleAsk>()
            .Produces(204)
            .Problems(403, 404, 409);
        accounts
            .MapDelete("/{id}", (HttpContext http, Platform platform, string id) => Done(platform.Accounts.Disable(Caller.Of(http), id)))
            .WithSummary("Ends an account, with its sessions and the tokens that it made.")
            .SignedIn()
            .Produces(204)
            .Problems(403, 404, 409);
        accounts
            .MapDelete(
                "/{id}/second-factor",
                (HttpContext http, Platform platform, string id) => Done(platform.Accounts.ResetSecondFactor(Caller.Of(http), id))
            )
            .WithSummary("Takes the second factor from who lost it.")
            .SignedIn()
            .Produces(204)
            .Problems(403, 404);
        accounts
            .MapPost("/{id}/reset", (HttpContext http, Platform platform, string id) => Invited(platform.Invitations.Reset(Caller.Of(http), id)))
            .WithSummary("Sends a link to set the password anew.")
            .SignedIn()
            .Answers<InvitationView>(201)
            .Problems(403, 404);
        var invitations = api.MapGroup("/invitations").WithTags("access");
        invitations
            .MapPost("/", Invite)
            .WithSummary("Invites somebody to a role.")
            .SignedIn()
            .Takes<InvitationAsk>()
            .Answers<InvitationView>(201)
            .Problems(403, 404, 409);
        invitations
            .MapPost("/accept", Accept)
            .WithSummary("Takes an invitation, or sets the password anew, with the link's token.")
            .Public()
            .Takes<AcceptAsk>()
            .Produces(204)
            .Problems(403, 404);
        var contacts = api.MapGroup("/contacts").WithTags("access");
        contacts
            .MapGet("/", Contacts)
            .WithSummary("Whom a partner wants to be told of flaws.")
            .Needs(Capability.ReadApps)
            .Answers<ContactList>()
            .Filters("partner", "The partner's key.")
            .Problems(404);
        contacts
            .MapPost("/", AddContact)
            .WithSummary("Adds a contact; the others are told. Needs a sign-in of the last minutes.")
            .Needs(Capability.ManageContacts)
            .Takes<ContactAsk>()
            .Answers<ContactView>(201)
            .Problems(404, 409);
        contacts
            .MapDelete(
                "/{id:long}",
                (HttpContext http, Platform platform, long id) => Done(platform.Contacts.Remove(Caller.Of(http), PartnerOf(platform, id), id))
            )
            .WithSummary("Removes a contact; the others are told. Needs a sign-in of the last minutes.")
            .Needs(Capability.ManageContacts)
            .Produces(204)
            .Problems(404, 409);
        contacts
            .MapPost(
                "/{id:long}/confirm",
                (HttpContext http, Platform platform, long id) => Done(platform.Contacts.Confirm(Caller.Person(http), PartnerOf(platform, id), id))
            )
            .WithSummary("Says that a contact still is one; once a year.")
            .Needs(Capability.ReadApps)
            .Produces(204)
            .Problems(404);
        var glass = api.MapGroup("/break-glass").WithTags("access");
        glass
            .MapPost("/", Open)
            .WithSummary("Opens a partner's content to staff that has no right to it, for a reason and a time; the partner sees it.")
            .NeedsEverywhere(Capability.BreakGlass)
            .Takes<BreakGlassAsk>()
            .Answers<BreakGlassView>(201)
            .Problems(404, 409);
        glass
            .MapDelete(
                "/",
                (HttpContext http, Platform platform) =>
                    platform.BreakGlasses.Close(Caller.Person(http)) ? Reply.Done : throw ProblemException.NotFound("opened glass")
            )
            .WithSummary("Closes what is open.")
            .NeedsEverywhere(Capability.BreakGlass)
            .Produces(204)
            .Problems(404);
        api.MapPost("/partners/{partner}/offboard", Offboard)
            .WithTags("catalogue")
            .WithSummary("Ends a partner: its keys are destroyed, and nothing of its content can be read any more, in backups neither.")
            .NeedsEverywhere(Capability.ManageCatalogue)
            .Takes<OffboardAsk>()
            .Produces(204)
            .Problems(404, 409);
    }

    private static Reply List(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var id = PartnerOf(session, principal, partner);
            if (Access.Accounts.MayManage(session, principal with { IsFresh = true }, id, gives: false) is not null)
            {
                throw ProblemException.NotFound("partner");
            }

            return Reply.Of(new AccountList(Access.Accounts.List(session, id, Most)));
        });
    }

    private static async Task<Reply> Change(HttpContext http, Platform platform, string id, Func<Principal, string, Role, long, Outcome<bool>> change)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<RoleAsk>(http);
        var partner = platform.Database.Read(session => PartnerOf(session, principal, ask.Partner));
        return Done(change(principal, id, RoleOf(ask.Role), partner));
    }

    private static async Task<Reply> Invite(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<InvitationAsk>(http);
        var partner = platform.Database.Read(session => PartnerOf(session, principal, ask.Partner));
        return Invited(platform.Invitations.Invite(principal, new InvitationRequest(ask.Email, RoleOf(ask.Role), partner, ask.Provider)));
    }

    private static async Task<Reply> Accept(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<AcceptAsk>(http);
        _ = (await platform.Invitations.AcceptAsync(ask.Token, ask.Name, ask.Password, http.Features.Get<SignedIn>(), http.RequestAborted)).Granted();
        return Reply.Done;
    }

    private static Reply Contacts(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var id = PartnerEndpoints.IdOf(session, principal, Capability.ReadApps, partner);
            return principal.May(Capability.ReadApps, id)
                ? Reply.Of(new ContactList([.. Access.Contacts.List(session, id).Select(View)]))
                : throw ProblemException.NotFound("partner");
        });
    }

    private static async Task<Reply> AddContact(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<ContactAsk>(http);
        var partner = platform.Database.Read(session => PartnerEndpoints.IdOf(session, principal, Capability.ManageContacts, ask.Partner));
        var id = platform.Contacts.Add(principal, partner, ask.Email, ask.Name).Granted();
        var added = platform.Database.Read(session => Access.Contacts.List(session, partner).First(contact => contact.Id == id));
        return Reply.Created($"{Endpoints.Root}/contacts/{id}", View(added));
    }

    private static async Task<Reply> Open(HttpContext http, Platform platform)
    {
        var who = Caller.Person(http);
        var ask = await JsonBody.ReadAsync<BreakGlassAsk>(http);
        var partner = platform.Database.Read(session => PartnerEndpoints.Of(session, who.Principal, ask.Partner)).Id;
        var opened = platform.BreakGlasses.Open(who, partner, ask.Reason, TimeSpan.FromMinutes(ask.Minutes)).Granted();
        return Reply.Created(
            $"{Endpoints.Root}/break-glass",
            new BreakGlassView(ask.Partner, opened.Reason, Moment.Of(opened.OpenedAt), Moment.Of(opened.ClosesAt))
        );
    }

    private static async Task<Reply> Offboard(HttpContext http, Platform platform, string partner)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<OffboardAsk>(http);
        var id = platform.Database.Read(session => PartnerEndpoints.Of(session, principal, partner)).Id;
        return Done(platform.Offboarding.Offboard(principal, id, ask.Key, ask.Reason));
    }

    private static Reply Done(Outcome<bool> outcome)
    {
        _ = outcome.Granted();
        return Reply.Done;
    }

    // The link is for the mail: whoever invites does not get it.
    private static Reply Invited(Outcome<NewInvitation> outcome) => Reply.Of(new InvitationView(outcome.Granted().Until), StatusCodes.Status201Created);

    private static Role RoleOf(string word) => CapabilityWords.FindRole(word) ?? throw ProblemException.Wrong("/role", "is no role that is known");

    private static long PartnerOf(Storage.Session session, Principal principal, string? key) =>
        key == "platform" ? 0 : PartnerEndpoints.IdOf(session, principal, Capability.ReadApps, key);

    // 0 belongs to nobody, so that a stranger's contact is not there.
    private static long PartnerOf(Platform platform, long contactId) =>
        platform.Database.Read(session =>
            session.Find<long?>("select partner_id from security_contact where id = @contactId and removed_at is null", new { contactId })
        ) ?? throw ProblemException.NotFound("contact");

    private static ContactView View(Contact row) => new(row.Id, row.Email, row.Name, Moment.Of(row.AddedAt), Moment.Of(row.ConfirmedAt));
}

public sealed record AccountList(IReadOnlyList<AccountRole> Items);

/// <param name="Partner">Its key; <c>platform</c> for a role of the staff.</param>
public sealed record RoleAsk(string Role, string Partner);

public sealed record InvitationAsk(string Email, string Role, string Partner, string? Provider = null);

public sealed record InvitationView(DateTimeOffset Until);

public sealed record AcceptAsk(string Token, string Name, string? Password = null);

public sealed record ContactList(IReadOnlyList<ContactView> Items);

public sealed record ContactView(long Id, string Email, string Name, DateTimeOffset AddedAt, DateTimeOffset ConfirmedAt);

public sealed record ContactAsk(string Email, string Name, string? Partner = null);

public sealed record BreakGlassAsk(string Partner, string Reason, int Minutes);

public sealed record BreakGlassView(string Partner, string Reason, DateTimeOffset OpenedAt, DateTimeOffset ClosesAt);

/// <param name="Key">The partner's key again, typed by a person who means it.</param>
public sealed record OffboardAsk(string Key, string Reason);
