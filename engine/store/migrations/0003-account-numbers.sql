-- An account is a kind and a number in the normal form of its scheme, never another shape for each kind.
update kuvert.payout set receiver = jsonb_set(receiver, '{account}', case
    when receiver -> 'account' ? 'iban' then jsonb_build_object('kind', 'iban', 'number', receiver #>> '{account,iban}')
    else jsonb_build_object('kind', receiver #> '{account,kind}', 'number', (receiver #>> '{account,clearing}') || '-' || (receiver #>> '{account,number}'))
  end)
where receiver -> 'account' ?| array['iban', 'clearing'];
