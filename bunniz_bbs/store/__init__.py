"""What outlives a restart: ports that services know, and the adapters behind them."""
