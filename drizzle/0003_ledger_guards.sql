-- What the ledger promises, held by the database itself: [B1] balanced, [B2] never overdrawn (with the CHECK on balance_fen), [B3] never changed.
-- Deleting is left to the cascade that wipes a realm: there these triggers run inside the foreign key's own trigger, so deeper than one.

CREATE FUNCTION ledger_entry_moves_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE ledger_accounts SET balance_fen = balance_fen + NEW.amount_fen WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entry_moves_balance AFTER INSERT ON ledger_entries
  FOR EACH ROW EXECUTE FUNCTION ledger_entry_moves_balance();
--> statement-breakpoint
CREATE FUNCTION ledger_account_moves_by_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.balance_fen <> 0 THEN RAISE EXCEPTION '[B3] an account begins empty' USING ERRCODE = '23000'; END IF;
  ELSIF NEW.id <> OLD.id OR NEW.fund_id <> OLD.fund_id OR NEW.kind <> OLD.kind OR NEW.owner_id <> OLD.owner_id
     OR pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '[B3] a balance is moved by entries only' USING ERRCODE = '23000';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_account_moves_by_entries BEFORE INSERT OR UPDATE ON ledger_accounts
  FOR EACH ROW EXECUTE FUNCTION ledger_account_moves_by_entries();
--> statement-breakpoint
CREATE FUNCTION ledger_transaction_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  checked text;
  booked record;
  stands record;
BEGIN
  IF TG_TABLE_NAME = 'ledger_entries' THEN checked := NEW.transaction_id; ELSE checked := NEW.id; END IF;
  SELECT * INTO booked FROM ledger_transactions WHERE id = checked;
  IF NOT FOUND THEN RETURN NULL; END IF;
  SELECT count(*) AS lines,
    coalesce(sum(e.amount_fen) FILTER (WHERE a.kind NOT IN ('ceiling', 'room', 'used')), 0) AS money,
    coalesce(sum(e.amount_fen) FILTER (WHERE a.kind IN ('ceiling', 'room', 'used')), 0) AS ceiling,
    bool_and(a.fund_id = booked.fund_id) AS own
  INTO stands FROM ledger_entries e JOIN ledger_accounts a ON a.id = e.account_id WHERE e.transaction_id = checked;
  IF stands.lines <> booked.lines OR stands.lines < 2 OR stands.money <> 0 OR stands.ceiling <> 0 OR NOT stands.own THEN
    RAISE EXCEPTION '[B1] transaction % does not balance: % of % entries, money %, ceiling %',
      checked, stands.lines, booked.lines, stands.money, stands.ceiling USING ERRCODE = '23000';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_entries_balance AFTER INSERT ON ledger_entries
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_balances();
--> statement-breakpoint
CREATE CONSTRAINT TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_transactions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_transaction_balances();
--> statement-breakpoint
CREATE FUNCTION ledger_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN RETURN OLD; END IF;
  RAISE EXCEPTION '[B3] % of % is refused: the books are never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = '23000';
END $$;
--> statement-breakpoint
CREATE TRIGGER ledger_entries_stay BEFORE UPDATE OR DELETE ON ledger_entries FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER ledger_entries_stay_whole BEFORE TRUNCATE ON ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER ledger_transactions_stay BEFORE UPDATE OR DELETE ON ledger_transactions FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER ledger_accounts_stay BEFORE DELETE ON ledger_accounts FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER funds_stay BEFORE DELETE ON funds FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER fund_sources_stay BEFORE DELETE OR UPDATE OF fund_id ON fund_sources FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER envelopes_stay BEFORE DELETE OR UPDATE OF fund_id ON envelopes FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER awards_stay BEFORE DELETE OR UPDATE OF fund_id, envelope_id ON awards FOR EACH ROW EXECUTE FUNCTION ledger_stays();
--> statement-breakpoint
CREATE TRIGGER tranches_stay BEFORE DELETE OR UPDATE OF award_id, amount_fen ON tranches FOR EACH ROW EXECUTE FUNCTION ledger_stays();
