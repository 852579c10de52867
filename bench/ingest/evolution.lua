-- Evolution's messages.upsert: every member of a real capture, unique ids, 20,000 conversations.
-- usage: wrk -s evolution.lua URL -- PREFIX   (PREFIX: 8 characters, another one for each run)
local conversations = 20000
local n = 0
local head, middle, tail, prefix

function init(args)
  prefix = args[1]
  middle = '@s.whatsapp.net","fromMe":false,"id":"'
  tail = '"},"pushName":"Contato M. Macêdo","status":"DELIVERY_ACK","message":{"conversation":"gastei 25,78 com Uber",'
    .. '"messageContextInfo":{"deviceListMetadata":{"senderKeyHash":"MASKEDMASKED==","senderTimestamp":"1748701972",'
    .. '"senderAccountType":"E2EE","receiverAccountType":"E2EE","recipientKeyHash":"MASKEDMASKED==",'
    .. '"recipientTimestamp":"1748853187"},"deviceListMetadataVersion":2,'
    .. '"messageSecret":"TUFTS0VETUFTS0VETUFTS0VETUFTS0VETUFTS0VEMDA="}},"messageType":"conversation","messageTimestamp":'
    .. os.time() .. ',"instanceId":"188cbb13-bcb7-4d5a-979d-ba0fe75a3ee9","source":"web"},'
    .. '"destination":"https://receiver.example/webhook/evolution","date_time":"2025-06-12T19:08:21.833Z",'
    .. '"sender":"5519900000009@s.whatsapp.net","server_url":"https://evolution.example",'
    .. '"apikey":"00000000-0000-0000-0000-00000000MASK"}'
  local start = '{"event":"messages.upsert","instance":"shop","data":{"key":{"remoteJid":"'
  local length = #start + 13 + #middle + 20 + #tail
  head = "POST " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port
    .. "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n" .. start
end

function request()
  n = n + 1
  -- A stride that is prime to the number of conversations visits all of them before it comes back to one.
  return head .. string.format("55119%08d", n * 7919 % conversations) .. middle .. string.format("%s%012d", prefix, n) .. tail
end
